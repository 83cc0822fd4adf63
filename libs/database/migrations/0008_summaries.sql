-- Statistics of spectra, stored once computed: derived from their probes, and computed again for another version.
CREATE TABLE "spectrum_summary" (
	"spectrum_id" uuid PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"statistics" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "spectrum_summary" ADD CONSTRAINT "spectrum_summary_spectrum_id_spectrum_id_fk" FOREIGN KEY ("spectrum_id") REFERENCES "public"."spectrum"("id") ON DELETE cascade ON UPDATE no action;