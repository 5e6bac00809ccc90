-- The archive itself, where several nodes share it (lonja.archive=database). Headers and payloads are rows of their
-- own, so that a payload can be removed later while the header stays. Bytes are what the segment files hold too.
CREATE TABLE archive_head (
    one         SMALLINT PRIMARY KEY CHECK (one = 1),
    size        BIGINT NOT NULL,   -- entries; whoever appends holds the lock of this row
    arrived_at  BIGINT NOT NULL,   -- microseconds, of the last entry
    edge        BYTEA NOT NULL     -- right edge of the Merkle tree, smallest complete subtree first
);
INSERT INTO archive_head (one, size, arrived_at, edge) VALUES (1, 0, 0, ''::BYTEA);

CREATE TABLE archive_entry (
    sequence  BIGINT PRIMARY KEY,
    header    BYTEA NOT NULL
);

CREATE TABLE archive_payload (
    sequence  BIGINT NOT NULL REFERENCES archive_entry,
    part      INTEGER NOT NULL,
    bytes     BYTEA NOT NULL CHECK (octet_length(bytes) <= 1048576),
    PRIMARY KEY (sequence, part)
);

CREATE TABLE archive_node (
    level     SMALLINT NOT NULL,   -- 0 is a leaf
    position  BIGINT NOT NULL,
    hash      BYTEA NOT NULL,
    PRIMARY KEY (level, position)
);
