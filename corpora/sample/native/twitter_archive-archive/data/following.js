window.YTD.following.part0 = [
  {
    "following": {
      "accountId": "658800802",
      "userLink": "https://twitter.com/intent/user?user_id=658800802"
    }
  },
  {
    "following": {
      "accountId": "249192281",
      "userLink": "https://twitter.com/intent/user?user_id=249192281"
    }
  },
  {
    "following": {
      "accountId": "2804583614",
      "userLink": "https://twitter.com/intent/user?user_id=2804583614"
    }
  },
  {
    "following": {
      "accountId": "197390076",
      "userLink": "https://twitter.com/intent/user?user_id=197390076"
    }
  },
  {
    "following": {
      "accountId": "1814813354",
      "userLink": "https://twitter.com/intent/user?user_id=1814813354"
    }
  },
  {
    "following": {
      "accountId": "3491987427",
      "userLink": "https://twitter.com/intent/user?user_id=3491987427"
    }
  },
  {
    "following": {
      "accountId": "630282904",
      "userLink": "https://twitter.com/intent/user?user_id=630282904"
    }
  },
  {
    "following": {
      "accountId": "1851114707",
      "userLink": "https://twitter.com/intent/user?user_id=1851114707"
    }
  },
  {
    "following": {
      "accountId": "3062180182",
      "userLink": "https://twitter.com/intent/user?user_id=3062180182"
    }
  },
  {
    "following": {
      "accountId": "2519686865",
      "userLink": "https://twitter.com/intent/user?user_id=2519686865"
    }
  },
  {
    "following": {
      "accountId": "3781716308",
      "userLink": "https://twitter.com/intent/user?user_id=3781716308"
    }
  },
  {
    "following": {
      "accountId": "3794095861",
      "userLink": "https://twitter.com/intent/user?user_id=3794095861"
    }
  },
  {
    "following": {
      "accountId": "2676111156",
      "userLink": "https://twitter.com/intent/user?user_id=2676111156"
    }
  },
  {
    "following": {
      "accountId": "2923707937",
      "userLink": "https://twitter.com/intent/user?user_id=2923707937"
    }
  },
  {
    "following": {
      "accountId": "3892939523",
      "userLink": "https://twitter.com/intent/user?user_id=3892939523"
    }
  },
  {
    "following": {
      "accountId": "857488445",
      "userLink": "https://twitter.com/intent/user?user_id=857488445"
    }
  },
  {
    "following": {
      "accountId": "620992600",
      "userLink": "https://twitter.com/intent/user?user_id=620992600"
    }
  }
]