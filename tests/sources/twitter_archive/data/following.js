window.YTD.following.part0 = [
  {
    "following": {
      "accountId": "9930000000000000007",
      "userLink": "https://twitter.com/intent/user?user_id=9930000000000000007"
    }
  }
]