window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "77",
      "noteTweetResults": {
        "text": "Both boil slowly, and then at once. A long thought which goes on for much longer than it should.",
        "entitySet": {
          "hashtags": []
        }
      },
      "tweetId": "9920000000000000002"
    }
  },
  {
    "noteTweet": {
      "noteTweetId": "78",
      "core": {
        "text": "lost"
      }
    }
  }
]