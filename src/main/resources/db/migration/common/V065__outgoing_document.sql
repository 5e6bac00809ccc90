-- Documents the domain owes to partners, by the entry that made them due; and by which evidence they were written.
CREATE TABLE outgoing_document (
    id         VARCHAR(64) PRIMARY KEY,
    sender     VARCHAR(64) NOT NULL,
    recipient  VARCHAR(64) NOT NULL,
    type       VARCHAR(32) NOT NULL,
    number     VARCHAR(80) NOT NULL,
    content    TEXT NOT NULL,
    because    TEXT NOT NULL,
    due_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX outgoing_document_due ON outgoing_document (due_at, id);

CREATE TABLE written_document (
    id        VARCHAR(64) PRIMARY KEY,
    evidence  BIGINT NOT NULL
);
CREATE INDEX written_document_evidence ON written_document (evidence);
