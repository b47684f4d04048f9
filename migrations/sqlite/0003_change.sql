CREATE INDEX `alerts_state` ON `alerts` (`state`,`opened_at`);--> statement-breakpoint
CREATE INDEX `alerts_claimed` ON `alerts` (`claimed_by`,`claimed_at`);--> statement-breakpoint
CREATE INDEX `escalations_group` ON `escalations` (`group_key`,`at`);--> statement-breakpoint
CREATE INDEX `flags_message` ON `flags` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `followup_matters_matter` ON `followup_matters` (`matter`);--> statement-breakpoint
CREATE INDEX `followups_due` ON `followups` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `promises_by` ON `promises` (`by_user`,`state`,`due_on`);--> statement-breakpoint
CREATE INDEX `promises_message` ON `promises` (`channel`,`ts`);--> statement-breakpoint
CREATE INDEX `signals_state` ON `signals` (`state`,`fired_at`);