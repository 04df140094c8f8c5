window.YTD.account.part0 = [
  {
    "account": {
      "email": "zzq.larkspur@example.org",
      "createdVia": "web",
      "username": "Zzq_Larkspur",
      "accountId": "9930000000000000001",
      "createdAt": "2011-06-23T13:04:14.000Z",
      "accountDisplayName": "Larkspur Zzq"
    }
  }
]