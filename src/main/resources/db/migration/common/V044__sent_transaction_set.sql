-- An interchange that we send may hold several documents: a row for each of its transaction sets, with its own verdicts.
CREATE TABLE sent_transaction_set (
    entry            BIGINT NOT NULL,
    set_number       VARCHAR(14) NOT NULL,
    partner          VARCHAR(64) NOT NULL,
    standard         VARCHAR(8) NOT NULL,
    lane             VARCHAR(64) NOT NULL,
    control_number   BIGINT NOT NULL,
    kind             VARCHAR(32) NOT NULL,
    document_number  VARCHAR(80),
    document_of      VARCHAR(64),
    due_at           TIMESTAMP(6) WITH TIME ZONE,
    overdue          BOOLEAN NOT NULL,
    verdict          VARCHAR(24),
    verdict_at       TIMESTAMP(6) WITH TIME ZONE,
    verdict_by       VARCHAR(8),
    receipt          BIGINT,
    reasons          TEXT,
    PRIMARY KEY (entry, set_number)
);
INSERT INTO sent_transaction_set
    SELECT entry, COALESCE(set_number, CASE WHEN standard = 'X12' THEN '0001' ELSE '1' END), partner, standard, lane,
           control_number, kind, document_number, document_of, due_at, overdue, verdict, verdict_at, verdict_by, receipt,
           reasons
    FROM sent_interchange;
CREATE TABLE said_of_document (
    entry       BIGINT NOT NULL,
    set_number  VARCHAR(14) NOT NULL,
    verdict     VARCHAR(24) NOT NULL,
    said_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    said_by     VARCHAR(8) NOT NULL,
    receipt     BIGINT NOT NULL,
    reasons     TEXT,
    PRIMARY KEY (entry, set_number)
);
INSERT INTO said_of_document
    SELECT a.entry, s.set_number, a.verdict, a.said_at, a.said_by, a.receipt, a.reasons
    FROM sent_advice a JOIN sent_transaction_set s ON s.entry = a.entry;
DROP TABLE sent_advice;
DROP TABLE sent_interchange;
CREATE INDEX sent_transaction_set_number ON sent_transaction_set (partner, standard, control_number);
CREATE INDEX sent_transaction_set_due ON sent_transaction_set (due_at);
CREATE INDEX sent_transaction_set_document ON sent_transaction_set (partner, document_number);
