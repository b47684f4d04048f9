CREATE TABLE `account_channels` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`capture` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_channels_channel` ON `account_channels` (`channel`);--> statement-breakpoint
CREATE INDEX `account_channels_account` ON `account_channels` (`account_id`);--> statement-breakpoint
CREATE TABLE `account_domains` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`domain` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_domains_domain` ON `account_domains` (`domain`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`tier` text,
	`goal` text,
	`renewal_on` text,
	`csm_id` integer,
	`support_owner_id` integer,
	`is_archived` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_slug` ON `accounts` (`slug`);--> statement-breakpoint
CREATE INDEX `accounts_csm` ON `accounts` (`csm_id`);--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`open_key` text,
	`severity` text NOT NULL,
	`opened_at` integer NOT NULL,
	`posted_at` integer,
	`claimed_by` integer,
	`claimed_at` integer,
	`followup_id` integer,
	`state` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	`end_reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_open` ON `alerts` (`open_key`);--> statement-breakpoint
CREATE INDEX `alerts_account` ON `alerts` (`account_id`,`opened_at`);--> statement-breakpoint
CREATE TABLE `cards` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`target` text NOT NULL,
	`posting` integer DEFAULT 0 NOT NULL,
	`thread_card_id` integer,
	`channel` text,
	`ts` text,
	`hash` text,
	`accounts` text NOT NULL,
	`internal` integer NOT NULL,
	`fallback_user_id` text,
	`on_delivered` text,
	`delivered_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cards_place` ON `cards` (`kind`,`subject_id`,`target`,`posting`);--> statement-breakpoint
CREATE INDEX `cards_ts` ON `cards` (`channel`,`ts`);--> statement-breakpoint
CREATE TABLE `catch_ups` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`channel` text NOT NULL,
	`from_ts` text,
	`not_before` integer DEFAULT 0 NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `catch_ups_channel` ON `catch_ups` (`channel`);--> statement-breakpoint
CREATE INDEX `catch_ups_waiting` ON `catch_ups` (`from_ts`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`first_ts` text NOT NULL,
	`thread_ts` text NOT NULL,
	`author` text NOT NULL,
	`started_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`messages` integer NOT NULL,
	`first_reply_at` integer,
	`reply_working_ms` integer,
	`issue_id` integer,
	`waits_since` integer,
	`waited_at` integer,
	`settled` text,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_first` ON `contacts` (`channel`,`first_ts`);--> statement-breakpoint
CREATE INDEX `contacts_account` ON `contacts` (`account_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `contacts_channel_last` ON `contacts` (`channel`,`last_at`);--> statement-breakpoint
CREATE INDEX `contacts_thread` ON `contacts` (`channel`,`thread_ts`);--> statement-breakpoint
CREATE INDEX `contacts_issue` ON `contacts` (`issue_id`);--> statement-breakpoint
CREATE TABLE `counters` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `counters_name` ON `counters` (`name`);--> statement-breakpoint
CREATE TABLE `customers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`slack_id` text,
	`email` text,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_slack` ON `customers` (`slack_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `customers_email` ON `customers` (`email`);--> statement-breakpoint
CREATE INDEX `customers_account` ON `customers` (`account_id`);--> statement-breakpoint
CREATE TABLE `digests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` integer NOT NULL,
	`kind` text NOT NULL,
	`covered_until` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `digests_person` ON `digests` (`person_id`,`kind`);--> statement-breakpoint
CREATE TABLE `due` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`due_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `due_key` ON `due` (`key`);--> statement-breakpoint
CREATE INDEX `due_at` ON `due` (`due_at`,`id`);--> statement-breakpoint
CREATE TABLE `escalations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`group_key` text NOT NULL,
	`open_key` text,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`is_customer_wish` integer DEFAULT false NOT NULL,
	`by_user` text NOT NULL,
	`at` integer NOT NULL,
	`answered_by` text,
	`answered_at` integer,
	`climbed_at` integer,
	`taken_back_by` text,
	`taken_back_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `escalations_open` ON `escalations` (`open_key`);--> statement-breakpoint
CREATE INDEX `escalations_issue` ON `escalations` (`issue_id`,`at`);--> statement-breakpoint
CREATE TABLE `fix_issues` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`fix_id` integer NOT NULL,
	`issue_id` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fix_issues_issue` ON `fix_issues` (`issue_id`);--> statement-breakpoint
CREATE INDEX `fix_issues_fix` ON `fix_issues` (`fix_id`);--> statement-breakpoint
CREATE TABLE `fixes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`title` text NOT NULL,
	`url` text,
	`tracker_key` text,
	`state` text NOT NULL,
	`live_at` integer,
	`marked_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fixes_tracker` ON `fixes` (`tracker_key`);--> statement-breakpoint
CREATE INDEX `fixes_state` ON `fixes` (`state`);--> statement-breakpoint
CREATE TABLE `flags` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`kind` text NOT NULL,
	`detail` text NOT NULL,
	`evidence` text NOT NULL,
	`is_severe` integer DEFAULT false NOT NULL,
	`channel` text,
	`ts` text,
	`by_user` text NOT NULL,
	`offered_at` integer NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`answer` text,
	`issue_id` integer,
	`climbed_at` integer
);
--> statement-breakpoint
CREATE INDEX `flags_issue` ON `flags` (`issue_id`);--> statement-breakpoint
CREATE INDEX `flags_account` ON `flags` (`account_id`,`offered_at`);--> statement-breakpoint
CREATE INDEX `flags_state` ON `flags` (`state`,`offered_at`);--> statement-breakpoint
CREATE TABLE `followups` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`kind` text NOT NULL,
	`open_key` text,
	`fix_id` integer,
	`alert_id` integer,
	`owner_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`state` text NOT NULL,
	`nudges` integer DEFAULT 0 NOT NULL,
	`delivered_at` integer,
	`ended_at` integer,
	`ended_by` text,
	`proof` text,
	`reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `followups_open` ON `followups` (`open_key`);--> statement-breakpoint
CREATE INDEX `followups_owner` ON `followups` (`owner_id`,`state`);--> statement-breakpoint
CREATE INDEX `followups_fix` ON `followups` (`fix_id`);--> statement-breakpoint
CREATE INDEX `followups_account` ON `followups` (`account_id`,`state`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`slack_group` text,
	`people` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `groups_key` ON `groups` (`key`);--> statement-breakpoint
CREATE TABLE `heartbeats` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `heartbeats_name` ON `heartbeats` (`name`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`lane` text NOT NULL,
	`body` text,
	`found` text,
	`state` text NOT NULL,
	`received_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`first_failed_at` integer,
	`not_before` integer DEFAULT 0 NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_key` ON `inbox` (`key`);--> statement-breakpoint
CREATE INDEX `inbox_state_lane` ON `inbox` (`state`,`lane`,`id`);--> statement-breakpoint
CREATE TABLE `issue_sources` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`issue_id` integer NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `issue_sources_ts` ON `issue_sources` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `issue_sources_issue` ON `issue_sources` (`issue_id`);--> statement-breakpoint
CREATE TABLE `issues` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` integer NOT NULL,
	`account_id` integer NOT NULL,
	`title` text NOT NULL,
	`detail` text,
	`priority` text NOT NULL,
	`state` text NOT NULL,
	`owner_id` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`resolved_at` integer,
	`loop_closed_at` integer,
	`reopened` integer DEFAULT 0 NOT NULL,
	`merged_into_id` integer,
	`category` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `issues_number` ON `issues` (`number`);--> statement-breakpoint
CREATE INDEX `issues_account` ON `issues` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `issues_merged` ON `issues` (`merged_into_id`);--> statement-breakpoint
CREATE TABLE `log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`account_id` integer,
	`issue_id` integer,
	`fix_id` integer,
	`alert_id` integer,
	`followup_id` integer,
	`contact_id` integer,
	`actor` text,
	`func` text,
	`source` text NOT NULL,
	`before` text,
	`after` text,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `log_account_at` ON `log` (`account_id`,`kind`,`at`);--> statement-breakpoint
CREATE INDEX `log_issue_at` ON `log` (`issue_id`,`at`);--> statement-breakpoint
CREATE INDEX `log_followup` ON `log` (`followup_id`,`at`);--> statement-breakpoint
CREATE INDEX `log_alert` ON `log` (`alert_id`,`at`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`contact_id` integer,
	`account_id` integer NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`thread_ts` text,
	`author` text NOT NULL,
	`is_customer` integer NOT NULL,
	`text` text NOT NULL,
	`files` text NOT NULL,
	`at` integer NOT NULL,
	`edited_ts` text,
	`is_deleted` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_ts` ON `messages` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `messages_contact` ON `messages` (`contact_id`);--> statement-breakpoint
CREATE INDEX `messages_thread` ON `messages` (`channel`,`thread_ts`,`at`);--> statement-breakpoint
CREATE INDEX `messages_account_at` ON `messages` (`account_id`,`at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`target` text NOT NULL,
	`private_channel` text,
	`user_id` text,
	`card_id` integer,
	`thread_card_id` integer,
	`thread_ts` text,
	`text` text,
	`blocks` text,
	`accounts` text NOT NULL,
	`internal` integer NOT NULL,
	`fallback_user_id` text,
	`on_delivered` text,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lookups` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`sending_since` integer,
	`sent_at` integer,
	`channel` text,
	`ts` text,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_state_target` ON `outbox` (`state`,`target`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_card` ON `outbox` (`card_id`,`state`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slack_id` text NOT NULL,
	`handle` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`role` text NOT NULL,
	`functions` text NOT NULL,
	`is_admin` integer NOT NULL,
	`hours` text NOT NULL,
	`backup_id` integer,
	`is_active` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_slack` ON `people` (`slack_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `people_handle` ON `people` (`handle`);--> statement-breakpoint
CREATE TABLE `promises` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`issue_id` integer,
	`what` text NOT NULL,
	`to_whom` text,
	`due_on` text NOT NULL,
	`by_user` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	`channel` text,
	`ts` text
);
--> statement-breakpoint
CREATE INDEX `promises_account` ON `promises` (`account_id`,`state`);--> statement-breakpoint
CREATE INDEX `promises_issue` ON `promises` (`issue_id`,`state`);--> statement-breakpoint
CREATE TABLE `settings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`value` text,
	`version` integer NOT NULL,
	`is_current` integer NOT NULL,
	`who` text NOT NULL,
	`at` integer NOT NULL,
	`why` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `settings_version` ON `settings` (`scope`,`key`,`version`);--> statement-breakpoint
CREATE INDEX `settings_current` ON `settings` (`is_current`,`scope`,`key`);--> statement-breakpoint
CREATE TABLE `signals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`rule` text NOT NULL,
	`rule_version` integer NOT NULL,
	`account_id` integer NOT NULL,
	`about` text NOT NULL,
	`open_key` text,
	`state` text NOT NULL,
	`evidence` text NOT NULL,
	`since` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`alert_id` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signals_open` ON `signals` (`open_key`);--> statement-breakpoint
CREATE INDEX `signals_account` ON `signals` (`account_id`,`since`);--> statement-breakpoint
CREATE INDEX `signals_alert` ON `signals` (`alert_id`);--> statement-breakpoint
CREATE TABLE `slack_channels` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`channel` text NOT NULL,
	`name` text NOT NULL,
	`is_shared` integer NOT NULL,
	`is_private` integer NOT NULL,
	`is_archived` integer NOT NULL,
	`is_member` integer NOT NULL,
	`members` text NOT NULL,
	`fetched_at` integer NOT NULL,
	`stopped_reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `slack_channels_channel` ON `slack_channels` (`channel`);--> statement-breakpoint
CREATE TABLE `slack_users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`team_id` text,
	`name` text NOT NULL,
	`real_name` text NOT NULL,
	`email` text,
	`zone` text,
	`is_bot` integer NOT NULL,
	`is_guest` integer NOT NULL,
	`is_external` integer NOT NULL,
	`is_admin` integer NOT NULL,
	`is_deleted` integer NOT NULL,
	`dm` text,
	`fetched_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `slack_users_user` ON `slack_users` (`user_id`);--> statement-breakpoint
CREATE TABLE `suggestions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`open_key` text,
	`posted_at` integer NOT NULL,
	`items` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `suggestions_open` ON `suggestions` (`open_key`);--> statement-breakpoint
CREATE INDEX `suggestions_account` ON `suggestions` (`account_id`,`posted_at`);