-- What a drizzle table cannot say: history that is only ever appended to, on both engines, and a role that cannot alter it.
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER case_step_append_only BEFORE UPDATE OR DELETE ON case_step FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER case_step_no_truncate BEFORE TRUNCATE ON case_step FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER consent_no_truncate BEFORE TRUNCATE ON consent FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER speaker_history_append_only BEFORE UPDATE OR DELETE ON speaker_history FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER speaker_history_no_truncate BEFORE TRUNCATE ON speaker_history FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER audit_chain_no_update BEFORE UPDATE ON audit_chain FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER audit_chain_no_truncate BEFORE TRUNCATE ON audit_chain FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER audit_head_no_update BEFORE UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
-- Retention may cut what lies at or before a checkpoint: first the rows, then their links, then the older heads.
-- Whether the checkpoint is genuine is a matter of its signature, which verification looks at.
CREATE FUNCTION audit_cut_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM audit_chain c JOIN audit_head h ON h.checkpoint AND h.sequence >= c.sequence WHERE c.audit_id = OLD.id
  ) THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'audit is append-only: DELETE refused' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_cut_only BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_cut_only();
--> statement-breakpoint
CREATE FUNCTION audit_chain_cut_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_head h WHERE h.checkpoint AND h.sequence >= OLD.sequence)
    AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.id = OLD.audit_id)
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'audit_chain is append-only: DELETE refused' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_chain_cut_only BEFORE DELETE ON audit_chain FOR EACH ROW EXECUTE FUNCTION audit_chain_cut_only();
--> statement-breakpoint
CREATE FUNCTION audit_head_cut_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_head h WHERE h.checkpoint AND (h.sequence > OLD.sequence OR (h.sequence = OLD.sequence AND NOT OLD.checkpoint)))
    AND EXISTS (SELECT 1 FROM audit_head h WHERE h.sequence > OLD.sequence)
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'audit_head is append-only: DELETE refused' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_head_cut_only BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_head_cut_only();
--> statement-breakpoint
-- Every audit row waits for the sealer, whoever wrote it.
CREATE FUNCTION audit_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_pending (audit_id) VALUES (NEW.id);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_await_seal AFTER INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_await_seal();
--> statement-breakpoint
-- A deployment signs the application in as a member of this role; migrations and retention run as the owner.
-- Where creating roles is not allowed the triggers alone stand guard.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jialiban_app') THEN
    BEGIN
      CREATE ROLE jialiban_app NOLOGIN;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  GRANT USAGE ON SCHEMA public TO jialiban_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO jialiban_app;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO jialiban_app;
  GRANT USAGE ON SCHEMA drizzle TO jialiban_app;
  GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO jialiban_app;
  REVOKE UPDATE, DELETE ON audit, audit_chain, audit_head, case_step, consent, speaker_history FROM jialiban_app;
EXCEPTION
  WHEN insufficient_privilege THEN RAISE NOTICE 'role jialiban_app not made: the owner has no right to';
END $$;
