window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1627639593308720041"
          ],
          "editableUntil": "2021-05-11T19:24:33.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "0",
              "7"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [
          {
            "screen_name": "careexp_kai",
            "name": "Careexp Kai",
            "id": "3491987427",
            "id_str": "3491987427",
            "indices": [
              "31",
              "43"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "191"
      ],
      "favorite_count": "47",
      "id_str": "1627639593308720041",
      "truncated": false,
      "retweet_count": "0",
      "id": "1627639593308720041",
      "created_at": "Tue May 11 18:54:33 +0000 2021",
      "favorited": false,
      "full_text": "#SWchat, and our guest host is @careexp_kai. Care-experienced people on words. For Q1 they talk and the rest of us read. Kai has had a fee and so has everybody who helped write the questions.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423751025745889848"
          ],
          "editableUntil": "2020-09-22T19:42:36.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "145",
              "152"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [
          {
            "screen_name": "hana_kaimahi",
            "name": "Hana Kaimahi",
            "id": "3062180182",
            "id_str": "3062180182",
            "indices": [
              "0",
              "13"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "152"
      ],
      "favorite_count": "9",
      "id_str": "1423751025745889848",
      "truncated": false,
      "retweet_count": "0",
      "id": "1423751025745889848",
      "created_at": "Tue Sep 22 19:12:36 +0000 2020",
      "favorited": false,
      "full_text": "@hana_kaimahi Kia ora Hana. We start again on 13 October, which will be your Wednesday morning, sorry about that. Who else is awake at that end? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1494074579742227815",
      "in_reply_to_status_id_str": "1494074579742227815",
      "in_reply_to_user_id": "3062180182",
      "in_reply_to_user_id_str": "3062180182",
      "in_reply_to_screen_name": "hana_kaimahi"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1323554721330944033"
          ],
          "editableUntil": "2020-06-07T16:50:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "3",
              "10"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "206"
      ],
      "favorite_count": "41",
      "id_str": "1323554721330944033",
      "truncated": false,
      "retweet_count": "0",
      "id": "1323554721330944033",
      "created_at": "Sun Jun 07 16:20:00 +0000 2020",
      "favorited": false,
      "full_text": "No #SWchat this Tuesday. Three of our five volunteers are ill or looking after someone who is. Back in the autumn all being well. Use the tag meanwhile, and go on leaving the people you work with out of it.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1517530078715534978"
          ],
          "editableUntil": "2020-05-12T20:16:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "33",
              "40"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "40"
      ],
      "favorite_count": "4",
      "id_str": "1517530078715534978",
      "truncated": false,
      "retweet_count": "0",
      "id": "1517530078715534978",
      "created_at": "Tue May 12 19:46:00 +0000 2020",
      "favorited": false,
      "full_text": "Q4 What stays when this is over? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1362600678119317831",
      "in_reply_to_status_id_str": "1362600678119317831",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1040592264520574810"
          ],
          "editableUntil": "2020-05-12T20:02:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "74",
              "81"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "81"
      ],
      "favorite_count": "6",
      "id_str": "1040592264520574810",
      "truncated": false,
      "retweet_count": "0",
      "id": "1040592264520574810",
      "created_at": "Tue May 12 19:32:00 +0000 2020",
      "favorited": false,
      "full_text": "Q3 WhatsApp, texts, your own number. Where should the line be this month? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1362600678119317831",
      "in_reply_to_status_id_str": "1362600678119317831",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1370257794789671300"
          ],
          "editableUntil": "2020-05-12T19:45:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "44",
              "51"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "51"
      ],
      "favorite_count": "5",
      "id_str": "1370257794789671300",
      "truncated": false,
      "retweet_count": "0",
      "id": "1370257794789671300",
      "created_at": "Tue May 12 19:15:00 +0000 2020",
      "favorited": false,
      "full_text": "Q2 What ends up on a screen that shouldn't? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1362600678119317831",
      "in_reply_to_status_id_str": "1362600678119317831",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1678527191781655938"
          ],
          "editableUntil": "2020-05-12T19:30:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "82",
              "89"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "89"
      ],
      "favorite_count": "8",
      "id_str": "1678527191781655938",
      "truncated": false,
      "retweet_count": "0",
      "id": "1678527191781655938",
      "created_at": "Tue May 12 19:00:00 +0000 2020",
      "favorited": false,
      "full_text": "Q1 How's video going? In general terms please, no particular family's front room! #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1362600678119317831",
      "in_reply_to_status_id_str": "1362600678119317831",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1362600678119317831"
          ],
          "editableUntil": "2020-05-12T19:26:22.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "46",
              "53"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "139"
      ],
      "favorite_count": "15",
      "id_str": "1362600678119317831",
      "truncated": false,
      "retweet_count": "0",
      "id": "1362600678119317831",
      "created_at": "Tue May 12 18:56:22 +0000 2020",
      "favorited": false,
      "full_text": "Evening from three spare rooms and a landing. #SWchat tonight: moving to video visits, what works and what we'd rather nobody kept. Q1 at 8",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1278593537966654641"
          ],
          "editableUntil": "2019-06-14T12:02:55.000Z",
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
            "screen_name": "kit_sectornews",
            "name": "Kit Sectornews",
            "id": "234794491",
            "id_str": "234794491",
            "indices": [
              "0",
              "15"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "89"
      ],
      "favorite_count": "21",
      "id_str": "1278593537966654641",
      "truncated": false,
      "retweet_count": "0",
      "id": "1278593537966654641",
      "created_at": "Fri Jun 14 11:32:55 +0000 2019",
      "favorited": false,
      "full_text": "@kit_sectornews Ask each of them please, Nasrin first. Public tag or not, they get a say.",
      "lang": "en",
      "in_reply_to_status_id": "1571697669386105729",
      "in_reply_to_status_id_str": "1571697669386105729",
      "in_reply_to_user_id": "234794491",
      "in_reply_to_user_id_str": "234794491",
      "in_reply_to_screen_name": "kit_sectornews"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1346075045559203451"
          ],
          "editableUntil": "2019-06-13T20:20:13.000Z",
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
            "screen_name": "adultsw_bex",
            "name": "Adultsw Bex",
            "id": "3029469519",
            "id_str": "3029469519",
            "indices": [
              "0",
              "12"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "67"
      ],
      "favorite_count": "1",
      "id_str": "1346075045559203451",
      "truncated": false,
      "retweet_count": "0",
      "id": "1346075045559203451",
      "created_at": "Thu Jun 13 19:50:13 +0000 2019",
      "favorited": false,
      "full_text": "@adultsw_bex Works here. Might be your firewall, try your own phone",
      "lang": "en",
      "in_reply_to_status_id": "1211525370327619561",
      "in_reply_to_status_id_str": "1211525370327619561",
      "in_reply_to_user_id": "3029469519",
      "in_reply_to_user_id_str": "3029469519",
      "in_reply_to_screen_name": "adultsw_bex"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1144659785852203184"
          ],
          "editableUntil": "2019-06-13T17:35:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "10",
              "17"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/z4klzlb0t4",
            "expanded_url": "https://example.org/swchat/interpreters.",
            "display_url": "example.org/swchat/interpr…",
            "indices": [
              "47",
              "70"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "219"
      ],
      "favorite_count": "34",
      "id_str": "1144659785852203184",
      "truncated": false,
      "retweet_count": "0",
      "id": "1144659785852203184",
      "created_at": "Thu Jun 13 17:05:00 +0000 2019",
      "favorited": false,
      "full_text": "Tuesday's #SWchat on interpreters, written up: https://t.co/z4klzlb0t4 61 people, five countries. Everyone quoted said yes first. Two answers are left out and one is altered because a family might have known themselves.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1623507673866117840"
          ],
          "editableUntil": "2019-06-11T20:29:28.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "122",
              "129"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [
          {
            "screen_name": "o_achterberg",
            "name": "O Achterberg",
            "id": "1164142757",
            "id_str": "1164142757",
            "indices": [
              "16",
              "29"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "129"
      ],
      "favorite_count": "22",
      "id_str": "1623507673866117840",
      "truncated": false,
      "retweet_count": "0",
      "id": "1623507673866117840",
      "created_at": "Tue Jun 11 19:59:28 +0000 2019",
      "favorited": false,
      "full_text": "Time. Thank you @o_achterberg, and Farah, Iain and Nasrin, who taught the rest of us something tonight. Write-up Thursday #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1659158325944750201",
      "in_reply_to_status_id_str": "1659158325944750201",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1659158325944750201"
          ],
          "editableUntil": "2019-06-11T19:24:12.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "8",
              "15"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [
          {
            "screen_name": "o_achterberg",
            "name": "O Achterberg",
            "id": "1164142757",
            "id_str": "1164142757",
            "indices": [
              "51",
              "64"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "160"
      ],
      "favorite_count": "12",
      "id_str": "1659158325944750201",
      "truncated": false,
      "retweet_count": "0",
      "id": "1659158325944750201",
      "created_at": "Tue Jun 11 18:54:12 +0000 2019",
      "favorited": false,
      "full_text": "Evening #SWchat. We're lending the keys tonight to @o_achterberg, who researches interpreted visits and has four questions about yours. Reply to hers, not ours.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1513056422651268811"
          ],
          "editableUntil": "2019-03-19T21:10:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "79",
              "86"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "86"
      ],
      "favorite_count": "6",
      "id_str": "1513056422651268811",
      "truncated": false,
      "retweet_count": "0",
      "id": "1513056422651268811",
      "created_at": "Tue Mar 19 20:40:00 +0000 2019",
      "favorited": false,
      "full_text": "Q3 One thing you'd tell a student setting up their first professional account? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1429120068352094782",
      "in_reply_to_status_id_str": "1429120068352094782",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1036072659774820654"
          ],
          "editableUntil": "2019-03-19T20:59:12.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "96",
              "103"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [
          {
            "screen_name": "careexp_kai",
            "name": "Careexp Kai",
            "id": "3491987427",
            "id_str": "3491987427",
            "indices": [
              "0",
              "12"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "103"
      ],
      "favorite_count": "18",
      "id_str": "1036072659774820654",
      "truncated": false,
      "retweet_count": "0",
      "id": "1036072659774820654",
      "created_at": "Tue Mar 19 20:29:12 +0000 2019",
      "favorited": false,
      "full_text": "@careexp_kai Thank you Kai. We'd like to open the write-up with this if you're happy for us to? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1788649560916120849",
      "in_reply_to_status_id_str": "1788649560916120849",
      "in_reply_to_user_id": "3491987427",
      "in_reply_to_user_id_str": "3491987427",
      "in_reply_to_screen_name": "careexp_kai"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1269927874947839369"
          ],
          "editableUntil": "2019-03-19T20:50:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "52",
              "59"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "59"
      ],
      "favorite_count": "7",
      "id_str": "1269927874947839369",
      "truncated": false,
      "retweet_count": "0",
      "id": "1269927874947839369",
      "created_at": "Tue Mar 19 20:20:00 +0000 2019",
      "favorited": false,
      "full_text": "Q2 And where does it go wrong? What don't you post? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1429120068352094782",
      "in_reply_to_status_id_str": "1429120068352094782",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1738145478909103994"
          ],
          "editableUntil": "2019-03-19T20:35:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "56",
              "63"
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
      "favorite_count": "9",
      "id_str": "1738145478909103994",
      "truncated": false,
      "retweet_count": "0",
      "id": "1738145478909103994",
      "created_at": "Tue Mar 19 20:05:00 +0000 2019",
      "favorited": false,
      "full_text": "Q1 When has somebody online kept you going in this job? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1429120068352094782",
      "in_reply_to_status_id_str": "1429120068352094782",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1429120068352094782"
          ],
          "editableUntil": "2019-03-19T20:27:30.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "27",
              "34"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "200"
      ],
      "favorite_count": "14",
      "id_str": "1429120068352094782",
      "truncated": false,
      "retweet_count": "0",
      "id": "1429120068352094782",
      "created_at": "Tue Mar 19 19:57:30 +0000 2019",
      "favorited": false,
      "full_text": "Evening all and welcome to #SWchat, World Social Work Day edition 🌍 Tonight: social media and keeping going. Q1 in a few minutes. Start your answer with A1 and use the tag. Lurkers as welcome as ever.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1416437181552220553"
          ],
          "editableUntil": "2018-09-18T20:29:10.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "188",
              "195"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "195"
      ],
      "favorite_count": "20",
      "id_str": "1416437181552220553",
      "truncated": false,
      "retweet_count": "0",
      "id": "1416437181552220553",
      "created_at": "Tue Sep 18 19:59:10 +0000 2018",
      "favorited": false,
      "full_text": "That's time. Thank you all, Nadia and Temi specially for a first go. The tag stays open. Nothing here counts as anyone's supervision, so go and make yourself a nuisance until you get some #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1284815560004371048",
      "in_reply_to_status_id_str": "1284815560004371048",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1559291800166343131"
          ],
          "editableUntil": "2018-09-18T20:16:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "73",
              "80"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "80"
      ],
      "favorite_count": "5",
      "id_str": "1559291800166343131",
      "truncated": false,
      "retweet_count": "0",
      "id": "1559291800166343131",
      "created_at": "Tue Sep 18 19:46:00 +0000 2018",
      "favorited": false,
      "full_text": "Q4 Last one. Something you'd keep from the best supervisor you ever had? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1284815560004371048",
      "in_reply_to_status_id_str": "1284815560004371048",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1765085714536207094"
          ],
          "editableUntil": "2018-09-18T20:02:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "47",
              "54"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "54"
      ],
      "favorite_count": "3",
      "id_str": "1765085714536207094",
      "truncated": false,
      "retweet_count": "0",
      "id": "1765085714536207094",
      "created_at": "Tue Sep 18 19:32:00 +0000 2018",
      "favorited": false,
      "full_text": "Q3 And when it doesn't happen, what do you do? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1284815560004371048",
      "in_reply_to_status_id_str": "1284815560004371048",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1414480341733750015"
          ],
          "editableUntil": "2018-09-18T19:45:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "65",
              "72"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "72"
      ],
      "favorite_count": "4",
      "id_str": "1414480341733750015",
      "truncated": false,
      "retweet_count": "0",
      "id": "1414480341733750015",
      "created_at": "Tue Sep 18 19:15:00 +0000 2018",
      "favorited": false,
      "full_text": "Q2 What has to get said in there for you to feel it did its job? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1284815560004371048",
      "in_reply_to_status_id_str": "1284815560004371048",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1057403868924061969"
          ],
          "editableUntil": "2018-09-18T19:30:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "58",
              "65"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "65"
      ],
      "favorite_count": "6",
      "id_str": "1057403868924061969",
      "truncated": false,
      "retweet_count": "0",
      "id": "1057403868924061969",
      "created_at": "Tue Sep 18 19:00:00 +0000 2018",
      "favorited": false,
      "full_text": "Q1 What was your last supervision actually about? Roughly #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1284815560004371048",
      "in_reply_to_status_id_str": "1284815560004371048",
      "in_reply_to_user_id": "3204795284",
      "in_reply_to_user_id_str": "3204795284",
      "in_reply_to_screen_name": "swchat_evenings"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1284815560004371048"
          ],
          "editableUntil": "2018-09-18T19:25:41.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "182",
              "189"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "189"
      ],
      "favorite_count": "13",
      "id_str": "1284815560004371048",
      "truncated": false,
      "retweet_count": "0",
      "id": "1284815560004371048",
      "created_at": "Tue Sep 18 18:55:41 +0000 2018",
      "favorited": false,
      "full_text": "Evening! Supervision tonight. Say who you are and where, as much or as little as you're happy with. Please leave the people you work with out of it, disguised or not. Q1 on the hour #SWchat",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1166548867294081227"
          ],
          "editableUntil": "2018-09-11T18:00:00.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "5",
              "12"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "202"
      ],
      "favorite_count": "12",
      "id_str": "1166548867294081227",
      "truncated": false,
      "retweet_count": "0",
      "id": "1166548867294081227",
      "created_at": "Tue Sep 11 17:30:00 +0000 2018",
      "favorited": false,
      "full_text": "Next #SWchat: Tuesday 18 September, 8pm UK time. Supervision, or whatever you're getting that goes by the name. Four questions, an hour, no sign-up. Never joined one? Come and read, nobody counts heads.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1084950503179558414"
          ],
          "editableUntil": "2018-07-24T19:14:20.000Z",
          "editsRemaining": "5",
          "isEditEligible": false
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [
          {
            "text": "SWchat",
            "indices": [
              "144",
              "151"
            ]
          }
        ],
        "symbols": [],
        "user_mentions": [
          {
            "screen_name": "PEdGraham",
            "name": "Pedgraham",
            "id": "197390076",
            "id_str": "197390076",
            "indices": [
              "0",
              "10"
            ]
          },
          {
            "screen_name": "nqsw_nadia",
            "name": "Nqsw Nadia",
            "id": "3794095861",
            "id_str": "3794095861",
            "indices": [
              "11",
              "22"
            ]
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "151"
      ],
      "favorite_count": "7",
      "id_str": "1084950503179558414",
      "truncated": false,
      "retweet_count": "0",
      "id": "1084950503179558414",
      "created_at": "Tue Jul 24 18:44:20 +0000 2018",
      "favorited": false,
      "full_text": "@PEdGraham @nqsw_nadia Well that's September's topic sorted. Supervision, Tuesday 18th, 8pm UK. Nadia would you come and ask about it out loud? #SWchat",
      "lang": "en",
      "in_reply_to_status_id": "1014849484844802220",
      "in_reply_to_status_id_str": "1014849484844802220",
      "in_reply_to_user_id": "197390076",
      "in_reply_to_user_id_str": "197390076",
      "in_reply_to_screen_name": "PEdGraham"
    }
  }
]