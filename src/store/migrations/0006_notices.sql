CREATE TABLE "notice" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"resident_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"chime_id" uuid,
	"chimed_on" date,
	"channel" text,
	"failed" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"texted_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"announced_at" timestamp with time zone,
	"heard_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_once" UNIQUE("resident_id","subject"),
	CONSTRAINT "notice_state" CHECK ("notice"."state" in ('planned', 'sent', 'announced', 'heard', 'partly', 'refused', 'expired')),
	CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('policy', 'progress', 'reminder', 'system'))
);
--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_due" ON "notice" USING btree ("next_at") WHERE "notice"."state" = 'planned' and "notice"."chime_id" is null;--> statement-breakpoint
CREATE INDEX "notice_chime" ON "notice" USING btree ("chime_id");--> statement-breakpoint
CREATE INDEX "notice_open" ON "notice" USING btree ("expires_at") WHERE "notice"."state" in ('planned', 'sent', 'announced');