CREATE TABLE "top_space" (
	"spectrum_id" uuid PRIMARY KEY NOT NULL,
	"ritz_vectors" jsonb NOT NULL,
	"space_overlaps" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "top_space" ADD CONSTRAINT "top_space_spectrum_id_spectrum_id_fk" FOREIGN KEY ("spectrum_id") REFERENCES "public"."spectrum"("id") ON DELETE cascade ON UPDATE no action;