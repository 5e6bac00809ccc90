-- What suppliers answered to the orders of group orders. The newest answer to one holds; the earlier ones stay.
CREATE TABLE group_response (
    fact         BIGINT NOT NULL,
    ordinal      INTEGER NOT NULL,
    group_order  BIGINT NOT NULL,
    sender       VARCHAR(64) NOT NULL,
    number       VARCHAR(200) NOT NULL,
    content      TEXT NOT NULL,
    interchange  BIGINT NOT NULL,
    bytes_from   BIGINT NOT NULL,
    bytes_to     BIGINT NOT NULL,
    recorded_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (fact, ordinal)
);
CREATE INDEX group_response_order ON group_response (group_order, fact, ordinal);
