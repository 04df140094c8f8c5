"""The fields of Reddit's objects that say nothing of our posts, by their usual value as JSON, for three times of the dumps."""

from __future__ import annotations

RC_2020: dict[str, str] = {
    "null": "associated_award author_created_utc author_flair_background_color author_flair_css_class "
    "author_flair_template_id author_flair_text_color collapsed_because_crowd_control collapsed_reason distinguished "
    "removal_reason",
    "false": "author_patreon_flair author_premium can_mod_post collapsed is_submitter locked no_follow quarantined "
    "stickied",
    "0": "controversiality gilded total_awards_received",
    "[]": "all_awardings author_flair_richtext awarders treatment_tags",
    "{}": "gildings",
    '"text"': "author_flair_type",
    '"public"': "subreddit_type",
    "true": "can_gild send_replies",
}
RC_2024: dict[str, str] = {
    "null": "approved_at_utc approved_by associated_award author_flair_background_color author_flair_css_class "
    "author_flair_template_id author_flair_text_color banned_at_utc banned_by collapsed_because_crowd_control "
    "collapsed_reason collapsed_reason_code comment_type distinguished likes mod_note mod_reason_by mod_reason_title "
    "num_reports removal_reason report_reasons top_awarded_type unrepliable_reason",
    "false": "archived author_is_blocked author_patreon_flair author_premium can_gild can_mod_post collapsed is_submitter "
    "locked saved score_hidden stickied",
    "0": "controversiality downs gilded total_awards_received",
    "[]": "all_awardings author_flair_richtext awarders mod_reports treatment_tags user_reports",
    "{}": "gildings",
    '""': "replies",
    '"text"': "author_flair_type",
    '"public"': "subreddit_type",
    "true": "no_follow send_replies",
}
RC_2016: dict[str, str] = {
    "null": "author_flair_css_class distinguished",
    "false": "stickied",
    "0": "controversiality gilded",
}
RS_2016: dict[str, str] = {
    "null": "author_flair_css_class distinguished from from_id from_kind link_flair_css_class link_flair_text media "
    "secure_media",
    "false": "archived hide_score locked over_18 quarantine saved stickied",
    "0": "downs gilded",
    "{}": "media_embed secure_media_embed",
    '"self"': "thumbnail",
}
RS_2020: dict[str, str] = {
    "null": "author_created_utc author_flair_background_color author_flair_css_class author_flair_template_id "
    "author_flair_text_color category content_categories discussion_type distinguished link_flair_css_class "
    "link_flair_text media parent_whitelist_status pwls removal_reason removed_by removed_by_category secure_media "
    "suggested_sort thumbnail_height thumbnail_width whitelist_status wls",
    "false": "allow_live_comments archived author_patreon_flair author_premium can_gild can_mod_post contest_mode hidden "
    "is_meta is_original_content is_reddit_media_domain is_video locked media_only over_18 pinned quarantine spoiler "
    "stickied",
    "0": "gilded num_crossposts total_awards_received",
    "[]": "all_awardings author_flair_richtext awarders link_flair_richtext treatment_tags",
    "{}": "gildings media_embed secure_media_embed",
    '""': "link_flair_background_color",
    '"dark"': "link_flair_text_color",
    '"text"': "author_flair_type link_flair_type",
    '"self"': "thumbnail",
    '"public"': "subreddit_type",
    "true": "is_crosspostable is_robot_indexable no_follow send_replies",
}
RS_2024: dict[str, str] = {
    **RS_2020,
    "null": RS_2020["null"].replace("author_created_utc ", "")
    + " approved_at_utc approved_by banned_at_utc banned_by likes mod_note mod_reason_by mod_reason_title num_reports "
    "report_reasons top_awarded_type view_count",
    "false": RS_2020["false"] + " author_is_blocked clicked hide_score is_created_from_ads_ui saved visited",
    "0": RS_2020["0"] + " downs",
    "[]": RS_2020["[]"] + " mod_reports user_reports",
}
