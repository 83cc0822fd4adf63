-- Several measurements of one operator and block at one step: a spectrum is known by everything that makes its measurement.
CREATE TABLE "spectrum_deletion" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"spectrum_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"step_number" integer NOT NULL,
	"operator" "curvature_operator" NOT NULL,
	"block" text NOT NULL,
	"reason" text NOT NULL,
	"deleted_by" text,
	"deleted_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "spectrum" DROP CONSTRAINT "spectrum_run_step_operator_block";--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "spectrum" ADD COLUMN "updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "spectrum" ADD COLUMN "measurement" uuid;--> statement-breakpoint
UPDATE "spectrum" SET "measurement" = md5(concat_ws(e'\x1f', "operator"::text, "block"::text, "data_fingerprint"::text, "data_size"::text, "batch_norm"::text, "lanczos_steps"::text, "seed"::text, "probe_law"::text, "reorthogonalisation"::text, "precision"::text, "loss_reduction"::text, "weight_decay_included"::text, "engine"::text))::uuid;--> statement-breakpoint
ALTER TABLE "spectrum" ALTER COLUMN "measurement" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "spectrum_deletion" ADD CONSTRAINT "spectrum_deletion_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "spectrum_deletion_run" ON "spectrum_deletion" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "spectrum_updated_at" ON "spectrum" USING btree ("updated_at","id");--> statement-breakpoint
ALTER TABLE "spectrum" ADD CONSTRAINT "spectrum_measurement" UNIQUE("run_id","step_number","measurement");--> statement-breakpoint
-- A write to a run, its steps or its spectra moves the run's updated_at; a late overlap that of its spectrum too.
CREATE FUNCTION "ritz_touch_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.updated_at := now();
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "run_touch" BEFORE UPDATE ON "run" FOR EACH ROW EXECUTE FUNCTION "ritz_touch_run"();--> statement-breakpoint
CREATE FUNCTION "ritz_touch_owner"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_TABLE_NAME = 'overlap' THEN
		UPDATE "spectrum" SET "updated_at" = now() WHERE "id" IN (SELECT DISTINCT spectrum_id FROM changed) AND "updated_at" < now();
	ELSE
		UPDATE "run" SET "updated_at" = now() WHERE "id" IN (SELECT DISTINCT run_id FROM changed) AND "updated_at" < now();
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "step_touch_insert" AFTER INSERT ON "step" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_touch_owner"();--> statement-breakpoint
CREATE TRIGGER "step_touch_update" AFTER UPDATE ON "step" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_touch_owner"();--> statement-breakpoint
CREATE TRIGGER "spectrum_touch_insert" AFTER INSERT ON "spectrum" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_touch_owner"();--> statement-breakpoint
CREATE TRIGGER "spectrum_touch_update" AFTER UPDATE ON "spectrum" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_touch_owner"();--> statement-breakpoint
CREATE TRIGGER "spectrum_touch_delete" AFTER DELETE ON "spectrum" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_touch_owner"();--> statement-breakpoint
CREATE TRIGGER "overlap_touch_insert" AFTER INSERT ON "overlap" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_touch_owner"();--> statement-breakpoint
CREATE TRIGGER "spectrum_announce_delete" AFTER DELETE ON "spectrum" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_run"();--> statement-breakpoint
-- Writes to jobs of the queue are announced on the channel ritz_job.
CREATE FUNCTION "ritz_announce_job"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_TABLE_NAME = 'spectrum_job' THEN
		PERFORM pg_notify('ritz_job', changed.id::text) FROM (SELECT DISTINCT id FROM changed) AS changed;
	ELSE
		PERFORM pg_notify('ritz_job', changed.job_id::text) FROM (SELECT DISTINCT job_id FROM changed) AS changed;
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "spectrum_job_announce_insert" AFTER INSERT ON "spectrum_job" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_job"();--> statement-breakpoint
CREATE TRIGGER "spectrum_job_announce_update" AFTER UPDATE ON "spectrum_job" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_job"();--> statement-breakpoint
CREATE TRIGGER "spectrum_part_announce_update" AFTER UPDATE ON "spectrum_part" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_job"();
