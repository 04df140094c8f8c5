window.YTD.profile.part0 = [
  {
    "profile": {
      "description": {
        "bio": "tea, visits, notes",
        "website": "",
        "location": "a cave"
      },
      "avatarMediaUrl": "https://pbs.twimg.com/x.jpg"
    }
  }
]