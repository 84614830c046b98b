ALTER TABLE "proxy" ADD COLUMN "agreed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "proxy" ADD COLUMN "asked_at" timestamp with time zone;