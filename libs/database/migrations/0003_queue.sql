CREATE TYPE "public"."job_status" AS ENUM('QUEUED', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELLED');--> statement-breakpoint
CREATE TABLE "spectrum_job" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"step_number" integer NOT NULL,
	"request" jsonb NOT NULL,
	"status" "job_status" DEFAULT 'QUEUED' NOT NULL,
	"failure" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "spectrum_part" (
	"job_id" uuid NOT NULL,
	"index" integer NOT NULL,
	"first_probe" integer NOT NULL,
	"probe_count" integer NOT NULL,
	"status" "job_status" DEFAULT 'QUEUED' NOT NULL,
	"queue_id" uuid NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease" uuid,
	"lease_until" timestamp (3) with time zone,
	"worker_id" uuid,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"steps_done" integer DEFAULT 0 NOT NULL,
	"resumed_from" integer,
	"saved_lease" uuid,
	"saved_bytes" bigint,
	"result" jsonb,
	"failure" text,
	CONSTRAINT "spectrum_part_job_id_index_pk" PRIMARY KEY("job_id","index"),
	CONSTRAINT "spectrum_part_probes" CHECK ("spectrum_part"."index" >= 0 and "spectrum_part"."first_probe" >= 0 and "spectrum_part"."probe_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"engine" text NOT NULL,
	"concurrency" integer NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"stopped_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "spectrum_job" ADD CONSTRAINT "spectrum_job_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spectrum_part" ADD CONSTRAINT "spectrum_part_worker_id_worker_id_fk" FOREIGN KEY ("worker_id") REFERENCES "public"."worker"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spectrum_part" ADD CONSTRAINT "spectrum_part_job" FOREIGN KEY ("job_id") REFERENCES "public"."spectrum_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "spectrum_job_created_at" ON "spectrum_job" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "spectrum_job_status" ON "spectrum_job" USING btree ("status");--> statement-breakpoint
CREATE INDEX "spectrum_job_run" ON "spectrum_job" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "spectrum_part_lease_until" ON "spectrum_part" USING btree ("lease_until") WHERE "spectrum_part"."status" = 'RUNNING';--> statement-breakpoint
CREATE INDEX "spectrum_part_worker" ON "spectrum_part" USING btree ("worker_id");--> statement-breakpoint
CREATE INDEX "worker_heartbeat_at" ON "worker" USING btree ("heartbeat_at");