-- What is owed to whom, and how far it came: pending, sent, confirmed, overdue, abandoned.
CREATE TABLE delivery (
    entry       BIGINT PRIMARY KEY,
    party       VARCHAR(64) NOT NULL,
    kind        VARCHAR(32) NOT NULL,
    about       BIGINT,
    digest      VARCHAR(64) NOT NULL,
    bytes       BIGINT NOT NULL,
    owed_since  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    status      VARCHAR(16) NOT NULL,
    changed_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reason      TEXT
);
CREATE INDEX delivery_party ON delivery (party, entry);
CREATE INDEX delivery_status ON delivery (status, owed_since);
CREATE INDEX delivery_about ON delivery (about);
