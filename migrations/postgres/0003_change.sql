CREATE INDEX "alerts_state" ON "alerts" USING btree ("state","opened_at");--> statement-breakpoint
CREATE INDEX "alerts_claimed" ON "alerts" USING btree ("claimed_by","claimed_at");--> statement-breakpoint
CREATE INDEX "escalations_group" ON "escalations" USING btree ("group_key","at");--> statement-breakpoint
CREATE INDEX "flags_message" ON "flags" USING btree ("channel","ts");--> statement-breakpoint
CREATE INDEX "followup_matters_matter" ON "followup_matters" USING btree ("matter");--> statement-breakpoint
CREATE INDEX "followups_due" ON "followups" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "promises_by" ON "promises" USING btree ("by_user","state","due_on");--> statement-breakpoint
CREATE INDEX "promises_message" ON "promises" USING btree ("channel","ts");--> statement-breakpoint
CREATE INDEX "signals_state" ON "signals" USING btree ("state","fired_at");