-- Derived: computed again from the spectra.
DELETE FROM "spectrum_summary";--> statement-breakpoint
ALTER TABLE "spectrum_summary" ADD COLUMN "values" double precision[] NOT NULL;--> statement-breakpoint
ALTER TABLE "spectrum_summary" ADD COLUMN "standard_errors" double precision[] NOT NULL;--> statement-breakpoint
ALTER TABLE "spectrum_summary" DROP COLUMN "statistics";
