window.YTD.profile.part0 = [
  {
    "profile": {
      "description": {
        "bio": "The evening chat for social work people everywhere. Volunteers run it. #SWchat",
        "website": "",
        "location": ""
      },
      "avatarMediaUrl": "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
    }
  }
]