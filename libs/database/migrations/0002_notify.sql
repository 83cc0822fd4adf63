-- Every committed write to a run, its steps or its spectra is announced on the channel ritz_run, with the run's id as payload:
-- by the database itself, so that a row written by any process reaches whoever listens.
CREATE FUNCTION "ritz_announce_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_TABLE_NAME = 'run' THEN
		PERFORM pg_notify('ritz_run', changed.id::text) FROM (SELECT DISTINCT id FROM changed) AS changed;
	ELSE
		PERFORM pg_notify('ritz_run', changed.run_id::text) FROM (SELECT DISTINCT run_id FROM changed) AS changed;
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "run_announce_insert" AFTER INSERT ON "run" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_run"();--> statement-breakpoint
CREATE TRIGGER "run_announce_update" AFTER UPDATE ON "run" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_run"();--> statement-breakpoint
CREATE TRIGGER "run_announce_delete" AFTER DELETE ON "run" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_run"();--> statement-breakpoint
CREATE TRIGGER "step_announce_insert" AFTER INSERT ON "step" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_run"();--> statement-breakpoint
CREATE TRIGGER "step_announce_update" AFTER UPDATE ON "step" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_run"();--> statement-breakpoint
CREATE TRIGGER "spectrum_announce_insert" AFTER INSERT ON "spectrum" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "ritz_announce_run"();
