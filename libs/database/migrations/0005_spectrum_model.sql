ALTER TABLE "spectrum" ADD COLUMN "warnings" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "spectrum" ADD COLUMN "parameter_tensors" jsonb;--> statement-breakpoint
ALTER TABLE "spectrum" ADD COLUMN "constants" jsonb;