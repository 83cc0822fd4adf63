-- Rewinds and forks: a run knows its parent, and a rewind moves steps with their spectra to a run of their own.
ALTER TABLE "spectrum" DROP CONSTRAINT "spectrum_step";
--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "parent_step" integer;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "superseded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "spectrum" ADD CONSTRAINT "spectrum_step" FOREIGN KEY ("run_id","step_number") REFERENCES "public"."step"("run_id","number") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "run_parent" ON "run" USING btree ("parent_id");