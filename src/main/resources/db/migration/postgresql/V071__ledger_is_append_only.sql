-- Whoever holds the hub's own database role still cannot change what was booked. Only a rebuild, which makes all of it
-- again from the archive, may empty these tables first.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('lonja.rebuild', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only: correct it by a posting', TG_TABLE_NAME;
END;
$$;

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_agreement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commission_agreement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commission_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commission_statement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commission_statement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
