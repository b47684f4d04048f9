CREATE TABLE `backfills` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`channel` text NOT NULL,
	`cursor_ts` text NOT NULL,
	`until_ts` text NOT NULL,
	`messages` integer DEFAULT 0 NOT NULL,
	`done_at` integer,
	`not_before` integer DEFAULT 0 NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `backfills_channel` ON `backfills` (`channel`);--> statement-breakpoint
CREATE INDEX `backfills_waiting` ON `backfills` (`done_at`);--> statement-breakpoint
CREATE TABLE `badge_books` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`asks` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `badge_books_person` ON `badge_books` (`person_id`);--> statement-breakpoint
CREATE TABLE `badges` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`kind` text NOT NULL,
	`about` text NOT NULL,
	`step` text NOT NULL,
	`state` text NOT NULL,
	`is_critical` integer NOT NULL,
	`is_beyond` integer NOT NULL,
	`asked_at` integer NOT NULL,
	`held_at` integer,
	`lit_at` integer,
	`day` text,
	`week` text,
	`times_held` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `badges_about` ON `badges` (`person_id`,`about`,`kind`,`step`);--> statement-breakpoint
CREATE INDEX `badges_week` ON `badges` (`person_id`,`week`);--> statement-breakpoint
CREATE INDEX `badges_state` ON `badges` (`person_id`,`state`,`asked_at`);--> statement-breakpoint
CREATE INDEX `badges_subject` ON `badges` (`about`);--> statement-breakpoint
CREATE TABLE `channel_aliases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`old_channel` text NOT NULL,
	`channel` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `channel_aliases_old` ON `channel_aliases` (`old_channel`);--> statement-breakpoint
CREATE TABLE `fix_accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`fix_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`live_at` integer,
	`is_direct` integer DEFAULT false NOT NULL,
	`broken_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fix_accounts_one` ON `fix_accounts` (`fix_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `fix_offers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`tracker_key` text NOT NULL,
	`url` text NOT NULL,
	`by_user` text,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`decided_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fix_offers_one` ON `fix_offers` (`issue_id`,`tracker_key`);--> statement-breakpoint
CREATE TABLE `fix_pulls` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`fix_id` integer NOT NULL,
	`pull_key` text NOT NULL,
	`repo` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`sha` text,
	`merged_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fix_pulls_one` ON `fix_pulls` (`fix_id`,`pull_key`);--> statement-breakpoint
CREATE INDEX `fix_pulls_repo` ON `fix_pulls` (`repo`);--> statement-breakpoint
CREATE TABLE `followup_matters` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`followup_id` integer NOT NULL,
	`matter` text NOT NULL,
	`open_key` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `followup_matters_open` ON `followup_matters` (`open_key`);--> statement-breakpoint
CREATE INDEX `followup_matters_of` ON `followup_matters` (`followup_id`);--> statement-breakpoint
CREATE TABLE `followup_reasons` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`followup_id` integer NOT NULL,
	`kind` text NOT NULL,
	`ref_id` integer,
	`words` text,
	`by` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `followup_reasons_of` ON `followup_reasons` (`followup_id`,`at`);--> statement-breakpoint
CREATE TABLE `holidays` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`scope` text NOT NULL,
	`date` text NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `holidays_scope_date` ON `holidays` (`scope`,`date`);--> statement-breakpoint
CREATE TABLE `home_publishes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `home_publishes_at` ON `home_publishes` (`at`);--> statement-breakpoint
CREATE TABLE `homes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`opened_at` integer NOT NULL,
	`page` text NOT NULL,
	`note` text,
	`is_urgent` integer NOT NULL,
	`check_at` integer,
	`drawn_at` integer DEFAULT 0 NOT NULL,
	`hash` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `homes_user` ON `homes` (`user_id`);--> statement-breakpoint
CREATE INDEX `homes_check` ON `homes` (`check_at`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`rows` integer NOT NULL,
	`done` integer NOT NULL,
	`who` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_key` ON `imports` (`key`);--> statement-breakpoint
CREATE TABLE `incident_accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`incident_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`contact_ids` text NOT NULL,
	`since` integer NOT NULL,
	`added_by` text,
	`removed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incident_accounts_one` ON `incident_accounts` (`incident_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`title` text NOT NULL,
	`words` text NOT NULL,
	`offered` text NOT NULL,
	`state` text NOT NULL,
	`open_key` text,
	`opened_at` integer NOT NULL,
	`opened_by` text,
	`touched_at` integer,
	`ended_at` integer,
	`ended_by` text,
	`fix_id` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_open` ON `incidents` (`open_key`);--> statement-breakpoint
CREATE TABLE `inhibitions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`scope` text NOT NULL,
	`by` text NOT NULL,
	`since` integer NOT NULL,
	`open_key` text,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inhibitions_open` ON `inhibitions` (`open_key`);--> statement-breakpoint
CREATE INDEX `inhibitions_scope` ON `inhibitions` (`scope`,`ended_at`);--> statement-breakpoint
CREATE INDEX `inhibitions_by` ON `inhibitions` (`by`,`ended_at`);--> statement-breakpoint
CREATE TABLE `level_lines` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`posted_at` integer NOT NULL,
	`items` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mornings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`at` integer NOT NULL,
	`followups` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `nudge_rounds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`at` integer NOT NULL,
	`followup_ids` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `open_matches` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`slack_id` text,
	`email` text,
	`domain` text,
	`channel` text,
	`accounts` text NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`times` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`account_id` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `open_matches_key` ON `open_matches` (`key`);--> statement-breakpoint
CREATE INDEX `open_matches_open` ON `open_matches` (`decided_at`,`first_at`);--> statement-breakpoint
CREATE TABLE `standup` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`func` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`account_id` integer,
	`open_key` text,
	`since` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `standup_open` ON `standup` (`open_key`);--> statement-breakpoint
CREATE INDEX `standup_subject` ON `standup` (`kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `standup_func` ON `standup` (`func`,`ended_at`);--> statement-breakpoint
CREATE TABLE `surveyed_channels` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`channel` text NOT NULL,
	`name` text NOT NULL,
	`is_shared` integer NOT NULL,
	`is_private` integer NOT NULL,
	`is_archived` integer NOT NULL,
	`is_member` integer NOT NULL,
	`creator` text,
	`members` text NOT NULL,
	`members_at` integer DEFAULT 0 NOT NULL,
	`first_seen_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`is_ignored` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `surveyed_channels_channel` ON `surveyed_channels` (`channel`);--> statement-breakpoint
CREATE INDEX `surveyed_channels_shared` ON `surveyed_channels` (`is_shared`,`name`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`func` text,
	`lead_id` integer,
	`hours` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_key` ON `teams` (`key`);--> statement-breakpoint
CREATE TABLE `touches` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`by_id` integer NOT NULL,
	`func` text NOT NULL,
	`how` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text,
	`note` text,
	`permalink` text,
	`logged_at` integer NOT NULL,
	`about` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `touches_about` ON `touches` (`about`);--> statement-breakpoint
CREATE INDEX `touches_account` ON `touches` (`account_id`,`at`);--> statement-breakpoint
CREATE INDEX `touches_by` ON `touches` (`by_id`,`at`);--> statement-breakpoint
CREATE TABLE `tracker_feeds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`repo` text NOT NULL,
	`heard_until` integer NOT NULL,
	`etags` text DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tracker_feeds_repo` ON `tracker_feeds` (`repo`);--> statement-breakpoint
DROP INDEX `signals_account`;--> statement-breakpoint
ALTER TABLE `signals` ADD `version` text DEFAULT '1' NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `spec` text DEFAULT '{"numbers":{"fire":1,"clear":0,"holdMinutes":0,"cooldownDays":0},"counting":null}' NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `scope` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `key` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `severity` text DEFAULT 'medium' NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `func` text DEFAULT 'success' NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `place` text DEFAULT 'card' NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `level` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `fired_at` integer;--> statement-breakpoint
ALTER TABLE `signals` ADD `handled_at` integer;--> statement-breakpoint
ALTER TABLE `signals` ADD `cleared_at` integer;--> statement-breakpoint
ALTER TABLE `signals` ADD `snoozed_until` integer;--> statement-breakpoint
ALTER TABLE `signals` ADD `snoozed_level` integer;--> statement-breakpoint
ALTER TABLE `signals` ADD `is_shadow` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `inhibited_by` text;--> statement-breakpoint
CREATE INDEX `signals_key` ON `signals` (`key`,`id`);--> statement-breakpoint
CREATE INDEX `signals_scope` ON `signals` (`scope`,`state`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `added_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `other_names` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `segment` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `lifecycle` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `backup_csm_id` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `backup_support_id` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `revenue` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `currency` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `zone` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `touch_every_days` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `health_value` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `health_band` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `health_next_band` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `health_source` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `health_as_of` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `external_id` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `merged_into_id` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_external` ON `accounts` (`external_id`);--> statement-breakpoint
ALTER TABLE `alerts` ADD `scope` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `place` text DEFAULT 'card' NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `channel` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `progress_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `warned_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `note` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `noted_by` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `noted_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `offered_to_id` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `offered_by_id` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `called_id` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `called_as` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `called_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `step` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `stepped_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `dismissed_as` text;--> statement-breakpoint
ALTER TABLE `customers` ADD `role` text;--> statement-breakpoint
ALTER TABLE `customers` ADD `external_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `customers_external` ON `customers` (`external_id`);--> statement-breakpoint
ALTER TABLE `fixes` ADD `tracker` text;--> statement-breakpoint
ALTER TABLE `fixes` ADD `item_name` text;--> statement-breakpoint
ALTER TABLE `fixes` ADD `is_for_all` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `fixes` ADD `version` text;--> statement-breakpoint
ALTER TABLE `fixes` ADD `merged_at` integer;--> statement-breakpoint
ALTER TABLE `fixes` ADD `linked_by` text;--> statement-breakpoint
ALTER TABLE `fixes` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `fixes` ADD `tracker_state` text;--> statement-breakpoint
ALTER TABLE `fixes` ADD `tracker_at` integer;--> statement-breakpoint
ALTER TABLE `fixes` ADD `named_in` text;--> statement-breakpoint
ALTER TABLE `fixes` ADD `named_at` integer;--> statement-breakpoint
ALTER TABLE `fixes` ADD `question` text;--> statement-breakpoint
ALTER TABLE `fixes` ADD `versions` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX `fixes_name` ON `fixes` (`item_name`);--> statement-breakpoint
ALTER TABLE `followups` ADD `severity` text DEFAULT 'medium' NOT NULL;--> statement-breakpoint
ALTER TABLE `followups` ADD `nudged_at` integer;--> statement-breakpoint
ALTER TABLE `followups` ADD `pending` text;--> statement-breakpoint
ALTER TABLE `followups` ADD `round_id` integer;--> statement-breakpoint
ALTER TABLE `followups` ADD `passed_from_id` integer;--> statement-breakpoint
ALTER TABLE `followups` ADD `passed_at` integer;--> statement-breakpoint
ALTER TABLE `followups` ADD `instead_of_id` integer;--> statement-breakpoint
ALTER TABLE `followups` ADD `instead_why` text;--> statement-breakpoint
ALTER TABLE `followups` ADD `snoozed_until` integer;--> statement-breakpoint
ALTER TABLE `followups` ADD `snoozes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `followups` ADD `offered_to_id` integer;--> statement-breakpoint
ALTER TABLE `followups` ADD `offered_by_id` integer;--> statement-breakpoint
ALTER TABLE `followups` ADD `offer` text;--> statement-breakpoint
ALTER TABLE `followups` ADD `offer_day` text;--> statement-breakpoint
ALTER TABLE `followups` ADD `lead_reminded_on` text;--> statement-breakpoint
ALTER TABLE `followups` ADD `how` text;--> statement-breakpoint
ALTER TABLE `followups` ADD `outcome` text;--> statement-breakpoint
CREATE INDEX `followups_pending` ON `followups` (`pending`,`owner_id`);--> statement-breakpoint
ALTER TABLE `issues` ADD `external_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `issues_external` ON `issues` (`external_id`);--> statement-breakpoint
CREATE INDEX `issues_account_state` ON `issues` (`account_id`,`state`);--> statement-breakpoint
CREATE INDEX `issues_account_resolved` ON `issues` (`account_id`,`resolved_at`);--> statement-breakpoint
CREATE INDEX `issues_state` ON `issues` (`state`,`created_at`);--> statement-breakpoint
ALTER TABLE `people` ADD `acts_as` text;--> statement-breakpoint
ALTER TABLE `people` ADD `is_on_call` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `team` text;--> statement-breakpoint
ALTER TABLE `people` ADD `calendar` text;--> statement-breakpoint
ALTER TABLE `people` ADD `away_since` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `back_on` text;--> statement-breakpoint
ALTER TABLE `people` ADD `delegate_id` integer;--> statement-breakpoint
CREATE INDEX `log_kind_at` ON `log` (`kind`,`at`);