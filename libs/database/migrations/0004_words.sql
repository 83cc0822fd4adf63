-- Closed choices are spelled as everywhere else: in lower case, words joined by hyphens. Rows keep their values.
ALTER TYPE "public"."batch_norm_mode" RENAME VALUE 'NONE' TO 'none';--> statement-breakpoint
ALTER TYPE "public"."batch_norm_mode" RENAME VALUE 'MINIBATCH' TO 'minibatch';--> statement-breakpoint
ALTER TYPE "public"."batch_norm_mode" RENAME VALUE 'POPULATION' TO 'population';--> statement-breakpoint
ALTER TYPE "public"."batch_norm_mode" RENAME VALUE 'RUNNING' TO 'running';--> statement-breakpoint
ALTER TYPE "public"."curvature_operator" RENAME VALUE 'HESSIAN' TO 'hessian';--> statement-breakpoint
ALTER TYPE "public"."curvature_operator" RENAME VALUE 'GGN' TO 'ggn';--> statement-breakpoint
ALTER TYPE "public"."gradient_kind" RENAME VALUE 'FULL_BATCH' TO 'full-batch';--> statement-breakpoint
ALTER TYPE "public"."gradient_kind" RENAME VALUE 'MINI_BATCH' TO 'mini-batch';--> statement-breakpoint
ALTER TYPE "public"."loss_reduction" RENAME VALUE 'MEAN' TO 'mean';--> statement-breakpoint
ALTER TYPE "public"."loss_reduction" RENAME VALUE 'SUM' TO 'sum';--> statement-breakpoint
ALTER TYPE "public"."precision" RENAME VALUE 'FLOAT32' TO 'float32';--> statement-breakpoint
ALTER TYPE "public"."precision" RENAME VALUE 'FLOAT64' TO 'float64';--> statement-breakpoint
ALTER TYPE "public"."probe_law" RENAME VALUE 'SPHERE' TO 'sphere';--> statement-breakpoint
ALTER TYPE "public"."probe_law" RENAME VALUE 'RADEMACHER' TO 'rademacher';--> statement-breakpoint
ALTER TYPE "public"."reorthogonalisation" RENAME VALUE 'FULL' TO 'full';--> statement-breakpoint
ALTER TYPE "public"."reorthogonalisation" RENAME VALUE 'NONE' TO 'none';--> statement-breakpoint
ALTER TYPE "public"."run_status" RENAME VALUE 'RUNNING' TO 'running';--> statement-breakpoint
ALTER TYPE "public"."run_status" RENAME VALUE 'FINISHED' TO 'finished';--> statement-breakpoint
ALTER TYPE "public"."run_status" RENAME VALUE 'FAILED' TO 'failed';--> statement-breakpoint
ALTER TYPE "public"."run_status" RENAME VALUE 'INTERRUPTED' TO 'interrupted';--> statement-breakpoint
ALTER TYPE "public"."token_scope" RENAME VALUE 'READ' TO 'read';--> statement-breakpoint
ALTER TYPE "public"."token_scope" RENAME VALUE 'WRITE' TO 'write';--> statement-breakpoint
ALTER TYPE "public"."token_scope" RENAME VALUE 'ADMIN' TO 'admin';--> statement-breakpoint
ALTER TYPE "public"."job_status" RENAME VALUE 'QUEUED' TO 'queued';--> statement-breakpoint
ALTER TYPE "public"."job_status" RENAME VALUE 'RUNNING' TO 'running';--> statement-breakpoint
ALTER TYPE "public"."job_status" RENAME VALUE 'FINISHED' TO 'finished';--> statement-breakpoint
ALTER TYPE "public"."job_status" RENAME VALUE 'FAILED' TO 'failed';--> statement-breakpoint
ALTER TYPE "public"."job_status" RENAME VALUE 'CANCELLED' TO 'cancelled';--> statement-breakpoint
UPDATE "run" SET "schedule" = jsonb_set("schedule", '{kind}', to_jsonb(replace(lower("schedule" ->> 'kind'), '_', '-')));--> statement-breakpoint
UPDATE "spectrum_job" SET "request" = "request" || (
	SELECT coalesce(jsonb_object_agg(field, replace(lower("request" ->> field), '_', '-')), '{}')
	FROM unnest(ARRAY['operator', 'probeLaw', 'precision']) AS field WHERE "request" ? field
);--> statement-breakpoint
UPDATE "spectrum_job" SET "request" = jsonb_set("request", '{source}', ("request" -> 'source') || (
	SELECT coalesce(jsonb_object_agg(field, replace(lower("request" -> 'source' ->> field), '_', '-')), '{}')
	FROM unnest(ARRAY['kind', 'loss', 'batchNorm']) AS field WHERE "request" -> 'source' ? field
));
