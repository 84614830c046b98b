ALTER TABLE "callback" ADD COLUMN "carrier_state" text;--> statement-breakpoint
ALTER TABLE "callback" ADD COLUMN "carrier_at" timestamp with time zone;