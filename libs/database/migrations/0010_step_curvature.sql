ALTER TABLE "step" ADD COLUMN "sharpness" double precision;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "sharpness_error" double precision;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "preconditioned_sharpness" double precision;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "preconditioned_sharpness_error" double precision;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "gradient_curvature" double precision;--> statement-breakpoint
ALTER TABLE "step" ADD COLUMN "update_curvature" double precision;