window.YTD.tweets.part1 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "9920000000000000005"
          ],
          "editableUntil": "2023-02-18T13:03:11.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/zzqa0",
            "expanded_url": "https://example.org/kettle",
            "display_url": "…",
            "indices": [
              "1",
              "2"
            ]
          },
          {
            "url": "https://t.co/zzqa1",
            "expanded_url": "https://twitter.com/Zzq_Yarrow/status/9920000000000000091",
            "display_url": "…",
            "indices": [
              "1",
              "2"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "48"
      ],
      "favorite_count": "2",
      "id_str": "9920000000000000005",
      "truncated": false,
      "retweet_count": "0",
      "id": "9920000000000000005",
      "created_at": "Mon Feb 20 09:00:00 +0000 2023",
      "favorited": false,
      "full_text": "Still true https://t.co/zzqa0 https://t.co/zzqa1",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "edit": {
          "initialTweetId": "9920000000000000060",
          "editControlInitial": {
            "editTweetIds": [
              "9920000000000000060",
              "9920000000000000006"
            ],
            "editableUntil": "2023-02-20T10:30:00.000Z",
            "editsRemaining": "4",
            "isEditEligible": true
          }
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "17"
      ],
      "favorite_count": "0",
      "id_str": "9920000000000000006",
      "truncated": false,
      "retweet_count": "0",
      "id": "9920000000000000006",
      "created_at": "Mon Feb 20 10:00:00 +0000 2023",
      "favorited": false,
      "full_text": "Tea, with a comma",
      "lang": "en"
    }
  }
]