CREATE TYPE "public"."token_scope" AS ENUM('READ', 'WRITE', 'ADMIN');--> statement-breakpoint
CREATE TABLE "gradient_energy" (
	"spectrum_id" uuid NOT NULL,
	"gradient" "gradient_kind" NOT NULL,
	"gradient_norm" double precision,
	"alpha" double precision[] NOT NULL,
	"beta" double precision[] NOT NULL,
	CONSTRAINT "gradient_energy_spectrum_id_gradient_pk" PRIMARY KEY("spectrum_id","gradient"),
	CONSTRAINT "gradient_energy_measurement" CHECK ((cardinality("gradient_energy"."alpha") >= 1
        and cardinality("gradient_energy"."beta") between cardinality("gradient_energy"."alpha") - 1 and cardinality("gradient_energy"."alpha")) is true)
);
--> statement-breakpoint
CREATE TABLE "token" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"project_id" uuid,
	"scope" "token_scope" NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "token_hash_unique" UNIQUE("hash"),
	CONSTRAINT "token_hash" CHECK (octet_length("token"."hash") = 32)
);
--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "edited_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "spectrum" ADD COLUMN "revision" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "gradient_energy" ADD CONSTRAINT "gradient_energy_spectrum_id_spectrum_id_fk" FOREIGN KEY ("spectrum_id") REFERENCES "public"."spectrum"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token" ADD CONSTRAINT "token_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;