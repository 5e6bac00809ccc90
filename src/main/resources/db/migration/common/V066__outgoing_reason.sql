-- Which documents made an outgoing one due, so that each shows what became of it.
CREATE TABLE outgoing_reason (
    id          VARCHAR(64) NOT NULL,
    ordinal     INTEGER NOT NULL,
    receipt     BIGINT NOT NULL,
    bytes_from  BIGINT NOT NULL,
    PRIMARY KEY (id, ordinal)
);
CREATE INDEX outgoing_reason_receipt ON outgoing_reason (receipt, bytes_from);
