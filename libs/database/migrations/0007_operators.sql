-- More operators, preconditioned or not. The preconditioner and the batch size are part of what makes a measurement.
CREATE TYPE "public"."preconditioner" AS ENUM('none', 'adam', 'rmsprop', 'adagrad', 'custom');--> statement-breakpoint
ALTER TYPE "public"."curvature_operator" ADD VALUE 'residual';--> statement-breakpoint
ALTER TYPE "public"."curvature_operator" ADD VALUE 'fisher';--> statement-breakpoint
ALTER TYPE "public"."curvature_operator" ADD VALUE 'gradient-covariance';--> statement-breakpoint
ALTER TABLE "spectrum" ADD COLUMN "preconditioner" "preconditioner" DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "spectrum" ADD COLUMN "batch_size" bigint;--> statement-breakpoint
ALTER TABLE "spectrum_deletion" ADD COLUMN "preconditioner" "preconditioner" DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "spectrum" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "spectrum" SET "measurement" = md5(concat_ws(e'\x1f', "operator"::text, "block"::text, "data_fingerprint"::text, "data_size"::text, "batch_norm"::text, "lanczos_steps"::text, "seed"::text, "probe_law"::text, "reorthogonalisation"::text, "precision"::text, "loss_reduction"::text, "weight_decay_included"::text, "engine"::text, "preconditioner"::text, "batch_size"::text))::uuid;--> statement-breakpoint
ALTER TABLE "spectrum" ENABLE TRIGGER USER;
