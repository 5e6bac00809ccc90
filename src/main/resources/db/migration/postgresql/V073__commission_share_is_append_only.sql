-- Whose patronage a line is cannot be changed either.
CREATE TRIGGER commission_line_share_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON commission_line_share
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
