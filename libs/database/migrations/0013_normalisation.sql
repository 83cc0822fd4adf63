CREATE TYPE "public"."normalisation" AS ENUM('none', 'batch', 'group', 'layer', 'weight-standardisation');--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "normalisation" "normalisation";