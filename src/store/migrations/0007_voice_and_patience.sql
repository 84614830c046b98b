ALTER TABLE "resident" ADD COLUMN "voice" text;--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "patience" integer;