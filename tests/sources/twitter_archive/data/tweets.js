window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "9920000000000000001"
          ],
          "editableUntil": "2023-02-18T13:03:11.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "invented",
            "indices": [
              "0",
              "5"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "63"
      ],
      "favorite_count": "4",
      "id_str": "9920000000000000001",
      "truncated": false,
      "retweet_count": "1",
      "id": "9920000000000000001",
      "created_at": "Sat Feb 18 12:33:11 +0000 2023",
      "favorited": false,
      "full_text": "What the kettle &amp; the waiting room have in common #invented",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "9920000000000000002"
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
        "urls": []
      },
      "display_text_range": [
        "0",
        "65"
      ],
      "favorite_count": "0",
      "id_str": "9920000000000000002",
      "truncated": false,
      "retweet_count": "0",
      "id": "9920000000000000002",
      "created_at": "Sat Feb 18 12:40:00 +0000 2023",
      "favorited": false,
      "full_text": "Both boil slowly, and then at once. A long thought which goes on…",
      "lang": "en",
      "in_reply_to_status_id_str": "9920000000000000001",
      "in_reply_to_status_id": "9920000000000000001",
      "in_reply_to_user_id": "9930000000000000001",
      "in_reply_to_user_id_str": "9930000000000000001",
      "in_reply_to_screen_name": "Zzq_Larkspur"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "9920000000000000003"
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
        "user_mentions": [
          {
            "name": "x",
            "screen_name": "Zzq_Yarrow",
            "indices": [
              "0",
              "12"
            ],
            "id_str": "9930000000000000007",
            "id": "9930000000000000007"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "32"
      ],
      "favorite_count": "0",
      "id_str": "9920000000000000003",
      "truncated": false,
      "retweet_count": "0",
      "id": "9920000000000000003",
      "created_at": "Sun Feb 19 08:00:00 +0000 2023",
      "favorited": false,
      "full_text": "That is how it was with us, too.",
      "lang": "en",
      "in_reply_to_status_id_str": "9920000000000000090",
      "in_reply_to_status_id": "9920000000000000090",
      "in_reply_to_user_id": "9930000000000000007",
      "in_reply_to_user_id_str": "9930000000000000007",
      "in_reply_to_screen_name": "Zzq_Yarrow"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "9920000000000000004"
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
        "user_mentions": [
          {
            "name": "x",
            "screen_name": "Zzq_Yarrow",
            "indices": [
              "0",
              "12"
            ],
            "id_str": "9930000000000000007",
            "id": "9930000000000000007"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "43"
      ],
      "favorite_count": "0",
      "id_str": "9920000000000000004",
      "truncated": false,
      "retweet_count": "0",
      "id": "9920000000000000004",
      "created_at": "Sun Feb 19 09:00:00 +0000 2023",
      "favorited": false,
      "full_text": "RT @Zzq_Yarrow: A kettle is no waiting room",
      "lang": "en"
    }
  }
]