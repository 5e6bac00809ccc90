-- The interchanges that we sent, by their control numbers, and what their receivers said of them. due_at stands while an
-- acknowledgment is awaited.
CREATE TABLE sent_interchange (
    entry            BIGINT PRIMARY KEY,
    partner          VARCHAR(64) NOT NULL,
    standard         VARCHAR(8) NOT NULL,
    lane             VARCHAR(64) NOT NULL,
    control_number   BIGINT NOT NULL,
    kind             VARCHAR(32) NOT NULL,
    due_at           TIMESTAMP(6) WITH TIME ZONE,
    overdue          BOOLEAN NOT NULL,
    verdict          VARCHAR(24),
    verdict_at       TIMESTAMP(6) WITH TIME ZONE,
    verdict_by       VARCHAR(8),
    receipt          BIGINT,
    reasons          TEXT
);
CREATE INDEX sent_interchange_number ON sent_interchange (partner, standard, control_number);
CREATE INDEX sent_interchange_due ON sent_interchange (due_at);
