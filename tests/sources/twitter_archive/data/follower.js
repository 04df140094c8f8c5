window.YTD.follower.part0 = [
  {
    "follower": {
      "accountId": "9930000000000000008",
      "userLink": "https://twitter.com/intent/user?user_id=9930000000000000008"
    }
  }
]