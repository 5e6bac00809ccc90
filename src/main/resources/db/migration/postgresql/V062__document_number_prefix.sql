-- The beginning of a number is searched with LIKE, for which PostgreSQL needs an index without a collation.
CREATE INDEX document_number_prefix ON document (number varchar_pattern_ops);
