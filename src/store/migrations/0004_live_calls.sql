CREATE TABLE "call_leg" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"call_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"role" text NOT NULL,
	"seat" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"offered_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"reporting" boolean DEFAULT false NOT NULL,
	"announced_at" timestamp with time zone,
	"connected_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_offer" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"call_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"outcome" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "direction" text DEFAULT 'in' NOT NULL;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "station_id" uuid;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "matter" text;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "locale" text DEFAULT 'zh-CN' NOT NULL;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "priority" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "give_up_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "tell_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "rings" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "speaker_lost_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "clerk_lost_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "wrapped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "callback_id" uuid;--> statement-breakpoint
ALTER TABLE "call" ADD COLUMN "case_id" uuid;--> statement-breakpoint
ALTER TABLE "call_leg" ADD CONSTRAINT "call_leg_call_id_call_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."call"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_leg" ADD CONSTRAINT "call_leg_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_offer" ADD CONSTRAINT "call_offer_call_id_call_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."call"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_offer" ADD CONSTRAINT "call_offer_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_leg_call" ON "call_leg" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "call_leg_open" ON "call_leg" USING btree ("staff_id") WHERE "call_leg"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "call_offer_call" ON "call_offer" USING btree ("call_id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_offer_one_ring" ON "call_offer" USING btree ("staff_id") WHERE "call_offer"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "call_offer_one_taker" ON "call_offer" USING btree ("call_id","kind") WHERE "call_offer"."outcome" = 'accepted' and "call_offer"."kind" = 'call';--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_station_id_place_id_fk" FOREIGN KEY ("station_id") REFERENCES "public"."place"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_callback_id_callback_id_fk" FOREIGN KEY ("callback_id") REFERENCES "public"."callback"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_ended" ON "call" USING btree ("ended_at");--> statement-breakpoint
CREATE UNIQUE INDEX "call_one_per_speaker" ON "call" USING btree ("speaker_id") WHERE state in ('queued', 'offered', 'connecting', 'talking', 'held', 'transferring');--> statement-breakpoint
CREATE UNIQUE INDEX "call_one_per_clerk" ON "call" USING btree ("clerk_id") WHERE state in ('queued', 'offered', 'connecting', 'talking', 'held', 'transferring');