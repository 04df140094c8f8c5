window.YTD.account.part0 = [
  {
    "account": {
      "email": "nobody@example.org",
      "createdVia": "web",
      "username": "swchat_evenings",
      "accountId": "3204795284",
      "createdAt": "2011-05-04T10:00:00.000Z",
      "accountDisplayName": "Swchat Evenings"
    }
  }
]