CREATE TABLE "blockage" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"month" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"figure" integer DEFAULT 0 NOT NULL,
	"owner_id" uuid,
	"due_on" date,
	"state" text DEFAULT 'open' NOT NULL,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "data_request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"resident_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"reason" text,
	"kept" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"by_staff" uuid,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fan_out" (
	"policy_id" uuid PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"share" smallint DEFAULT 100 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"cursor" uuid,
	"expected" integer NOT NULL,
	"reached" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "notice_id" uuid;--> statement-breakpoint
ALTER TABLE "guide" ADD COLUMN "submitted_by" uuid;--> statement-breakpoint
ALTER TABLE "guide" ADD COLUMN "signed_by" uuid;--> statement-breakpoint
ALTER TABLE "guide" ADD COLUMN "remark" text;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "starts_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "canary" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "expected" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "remark" text;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "corrected_by" uuid;--> statement-breakpoint
ALTER TABLE "unmatched" ADD COLUMN "labelled_by" uuid;--> statement-breakpoint
ALTER TABLE "blockage" ADD CONSTRAINT "blockage_owner_id_staff_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_by_staff_staff_id_fk" FOREIGN KEY ("by_staff") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fan_out" ADD CONSTRAINT "fan_out_policy_id_policy_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "blockage_once" ON "blockage" USING btree ("month","kind","subject");--> statement-breakpoint
CREATE INDEX "data_request_resident" ON "data_request" USING btree ("resident_id","created_at");--> statement-breakpoint
CREATE INDEX "fan_out_open" ON "fan_out" USING btree ("due_at") WHERE "fan_out"."state" in ('waiting', 'running');--> statement-breakpoint
ALTER TABLE "guide" ADD CONSTRAINT "guide_submitted_by_staff_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guide" ADD CONSTRAINT "guide_signed_by_staff_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy" ADD CONSTRAINT "policy_corrected_by_policy_id_fk" FOREIGN KEY ("corrected_by") REFERENCES "public"."policy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unmatched" ADD CONSTRAINT "unmatched_labelled_by_staff_id_fk" FOREIGN KEY ("labelled_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_policy" ON "delivery" USING btree ("policy_id","state");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("due_at") WHERE "delivery"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "delivery_notice" ON "delivery" USING btree ("notice_id");