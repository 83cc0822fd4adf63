CREATE TYPE "public"."batch_norm_mode" AS ENUM('NONE', 'MINIBATCH', 'POPULATION', 'RUNNING');--> statement-breakpoint
CREATE TYPE "public"."curvature_operator" AS ENUM('HESSIAN', 'GGN');--> statement-breakpoint
CREATE TYPE "public"."gradient_kind" AS ENUM('FULL_BATCH', 'MINI_BATCH');--> statement-breakpoint
CREATE TYPE "public"."loss_reduction" AS ENUM('MEAN', 'SUM');--> statement-breakpoint
CREATE TYPE "public"."precision" AS ENUM('FLOAT32', 'FLOAT64');--> statement-breakpoint
CREATE TYPE "public"."probe_law" AS ENUM('SPHERE', 'RADEMACHER');--> statement-breakpoint
CREATE TYPE "public"."reorthogonalisation" AS ENUM('FULL', 'NONE');--> statement-breakpoint
CREATE TYPE "public"."run_status" AS ENUM('RUNNING', 'FINISHED', 'FAILED', 'INTERRUPTED');--> statement-breakpoint
CREATE TABLE "experiment" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "experiment_project_name" UNIQUE("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "overlap" (
	"spectrum_id" uuid NOT NULL,
	"k" integer NOT NULL,
	"gradient" "gradient_kind" NOT NULL,
	"fraction" double precision NOT NULL,
	CONSTRAINT "overlap_spectrum_id_k_gradient_pk" PRIMARY KEY("spectrum_id","k","gradient"),
	CONSTRAINT "overlap_k" CHECK ("overlap"."k" >= 1)
);
--> statement-breakpoint
CREATE TABLE "probe" (
	"spectrum_id" uuid NOT NULL,
	"index" integer NOT NULL,
	"seed" bigint NOT NULL,
	"alpha" double precision[],
	"beta" double precision[],
	"nodes" double precision[],
	"weights" double precision[],
	CONSTRAINT "probe_spectrum_id_index_pk" PRIMARY KEY("spectrum_id","index"),
	CONSTRAINT "probe_index" CHECK ("probe"."index" >= 0),
	CONSTRAINT "probe_measurement" CHECK ((cardinality("probe"."alpha") >= 1
        and cardinality("probe"."beta") between cardinality("probe"."alpha") - 1 and cardinality("probe"."alpha")
        and "probe"."nodes" is null and "probe"."weights" is null) is true
      or (cardinality("probe"."nodes") >= 1 and cardinality("probe"."weights") = cardinality("probe"."nodes")
        and "probe"."alpha" is null and "probe"."beta" is null) is true)
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"experiment_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" "run_status" DEFAULT 'RUNNING' NOT NULL,
	"architecture" text NOT NULL,
	"dataset" text NOT NULL,
	"batch_norm" "batch_norm_mode" DEFAULT 'NONE' NOT NULL,
	"residual" boolean DEFAULT false NOT NULL,
	"optimiser" text NOT NULL,
	"schedule" jsonb NOT NULL,
	"seed" bigint NOT NULL,
	"classes" integer,
	"parameter_count" bigint,
	"planned_steps" integer,
	"git_revision" text,
	"engine" text,
	"config" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"notes" text,
	"archived" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "spectrum" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"step_number" integer NOT NULL,
	"operator" "curvature_operator" NOT NULL,
	"block" text NOT NULL,
	"parameter_count" bigint NOT NULL,
	"lanczos_steps" integer NOT NULL,
	"probe_law" "probe_law" NOT NULL,
	"seed" bigint NOT NULL,
	"reorthogonalisation" "reorthogonalisation" NOT NULL,
	"precision" "precision" NOT NULL,
	"data_size" bigint NOT NULL,
	"data_fingerprint" text NOT NULL,
	"loss_reduction" "loss_reduction" NOT NULL,
	"weight_decay_included" boolean NOT NULL,
	"batch_norm" "batch_norm_mode" NOT NULL,
	"hvp_count" bigint NOT NULL,
	"seconds" double precision NOT NULL,
	"engine" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "spectrum_run_step_operator_block" UNIQUE("run_id","step_number","operator","block")
);
--> statement-breakpoint
CREATE TABLE "step" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"run_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"epoch" double precision,
	"train_loss" double precision,
	"train_accuracy" double precision,
	"test_loss" double precision,
	"test_accuracy" double precision,
	"learning_rate" double precision,
	"gradient_norm" double precision,
	CONSTRAINT "step_run_number" UNIQUE("run_id","number")
);
--> statement-breakpoint
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overlap" ADD CONSTRAINT "overlap_spectrum_id_spectrum_id_fk" FOREIGN KEY ("spectrum_id") REFERENCES "public"."spectrum"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "probe" ADD CONSTRAINT "probe_spectrum_id_spectrum_id_fk" FOREIGN KEY ("spectrum_id") REFERENCES "public"."spectrum"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_experiment_id_experiment_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spectrum" ADD CONSTRAINT "spectrum_step" FOREIGN KEY ("run_id","step_number") REFERENCES "public"."step"("run_id","number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step" ADD CONSTRAINT "step_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_created_at" ON "run" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "run_name" ON "run" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "run_experiment" ON "run" USING btree ("experiment_id");--> statement-breakpoint
CREATE INDEX "run_tags" ON "run" USING gin ("tags");