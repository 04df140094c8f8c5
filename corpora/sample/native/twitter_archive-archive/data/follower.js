window.YTD.follower.part0 = [
  {
    "follower": {
      "accountId": "658800802",
      "userLink": "https://twitter.com/intent/user?user_id=658800802"
    }
  },
  {
    "follower": {
      "accountId": "3833868152",
      "userLink": "https://twitter.com/intent/user?user_id=3833868152"
    }
  },
  {
    "follower": {
      "accountId": "3029469519",
      "userLink": "https://twitter.com/intent/user?user_id=3029469519"
    }
  },
  {
    "follower": {
      "accountId": "3208874244",
      "userLink": "https://twitter.com/intent/user?user_id=3208874244"
    }
  },
  {
    "follower": {
      "accountId": "1909069089",
      "userLink": "https://twitter.com/intent/user?user_id=1909069089"
    }
  },
  {
    "follower": {
      "accountId": "886267104",
      "userLink": "https://twitter.com/intent/user?user_id=886267104"
    }
  },
  {
    "follower": {
      "accountId": "3491987427",
      "userLink": "https://twitter.com/intent/user?user_id=3491987427"
    }
  },
  {
    "follower": {
      "accountId": "1936709040",
      "userLink": "https://twitter.com/intent/user?user_id=1936709040"
    }
  },
  {
    "follower": {
      "accountId": "630282904",
      "userLink": "https://twitter.com/intent/user?user_id=630282904"
    }
  },
  {
    "follower": {
      "accountId": "22676242",
      "userLink": "https://twitter.com/intent/user?user_id=22676242"
    }
  },
  {
    "follower": {
      "accountId": "477019740",
      "userLink": "https://twitter.com/intent/user?user_id=477019740"
    }
  },
  {
    "follower": {
      "accountId": "3877032478",
      "userLink": "https://twitter.com/intent/user?user_id=3877032478"
    }
  },
  {
    "follower": {
      "accountId": "2307607036",
      "userLink": "https://twitter.com/intent/user?user_id=2307607036"
    }
  },
  {
    "follower": {
      "accountId": "1851114707",
      "userLink": "https://twitter.com/intent/user?user_id=1851114707"
    }
  },
  {
    "follower": {
      "accountId": "3927473291",
      "userLink": "https://twitter.com/intent/user?user_id=3927473291"
    }
  },
  {
    "follower": {
      "accountId": "2275570829",
      "userLink": "https://twitter.com/intent/user?user_id=2275570829"
    }
  },
  {
    "follower": {
      "accountId": "2924755287",
      "userLink": "https://twitter.com/intent/user?user_id=2924755287"
    }
  },
  {
    "follower": {
      "accountId": "2021651048",
      "userLink": "https://twitter.com/intent/user?user_id=2021651048"
    }
  },
  {
    "follower": {
      "accountId": "1351451884",
      "userLink": "https://twitter.com/intent/user?user_id=1351451884"
    }
  },
  {
    "follower": {
      "accountId": "338785611",
      "userLink": "https://twitter.com/intent/user?user_id=338785611"
    }
  },
  {
    "follower": {
      "accountId": "308602315",
      "userLink": "https://twitter.com/intent/user?user_id=308602315"
    }
  },
  {
    "follower": {
      "accountId": "2519686865",
      "userLink": "https://twitter.com/intent/user?user_id=2519686865"
    }
  },
  {
    "follower": {
      "accountId": "1043076907",
      "userLink": "https://twitter.com/intent/user?user_id=1043076907"
    }
  },
  {
    "follower": {
      "accountId": "1591891391",
      "userLink": "https://twitter.com/intent/user?user_id=1591891391"
    }
  },
  {
    "follower": {
      "accountId": "3794095861",
      "userLink": "https://twitter.com/intent/user?user_id=3794095861"
    }
  },
  {
    "follower": {
      "accountId": "1067690583",
      "userLink": "https://twitter.com/intent/user?user_id=1067690583"
    }
  },
  {
    "follower": {
      "accountId": "1164142757",
      "userLink": "https://twitter.com/intent/user?user_id=1164142757"
    }
  },
  {
    "follower": {
      "accountId": "553768736",
      "userLink": "https://twitter.com/intent/user?user_id=553768736"
    }
  },
  {
    "follower": {
      "accountId": "2200641385",
      "userLink": "https://twitter.com/intent/user?user_id=2200641385"
    }
  },
  {
    "follower": {
      "accountId": "2843456356",
      "userLink": "https://twitter.com/intent/user?user_id=2843456356"
    }
  },
  {
    "follower": {
      "accountId": "2215463960",
      "userLink": "https://twitter.com/intent/user?user_id=2215463960"
    }
  },
  {
    "follower": {
      "accountId": "1218872408",
      "userLink": "https://twitter.com/intent/user?user_id=1218872408"
    }
  },
  {
    "follower": {
      "accountId": "620992600",
      "userLink": "https://twitter.com/intent/user?user_id=620992600"
    }
  },
  {
    "follower": {
      "accountId": "328587245",
      "userLink": "https://twitter.com/intent/user?user_id=328587245"
    }
  },
  {
    "follower": {
      "accountId": "187751964",
      "userLink": "https://twitter.com/intent/user?user_id=187751964"
    }
  }
]