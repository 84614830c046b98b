CREATE TABLE "service_figure" (
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "service_figure_day_kind_name_pk" PRIMARY KEY("day","kind","name")
);
