-- The life of every receipt as far as reading settles it.
CREATE TABLE tracked_interchange (
    receipt        BIGINT PRIMARY KEY,
    partner        VARCHAR(64) NOT NULL,
    message_id     VARCHAR(255),
    received_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    status         VARCHAR(16) NOT NULL,
    duplicate      BOOLEAN NOT NULL,
    refused_sets   INTEGER NOT NULL,
    read_fact      BIGINT,
    mapped_fact    BIGINT
);
CREATE INDEX tracked_interchange_partner ON tracked_interchange (partner, receipt);
CREATE INDEX tracked_interchange_message ON tracked_interchange (message_id);

-- Control numbers to find a receipt by: of interchanges and of transaction sets.
CREATE TABLE tracked_number (
    control_number  VARCHAR(64) NOT NULL,
    receipt         BIGINT NOT NULL,
    PRIMARY KEY (control_number, receipt)
);

-- What the books made of a receipt's documents; written in their lane, after the register.
CREATE TABLE tracked_outcome (
    receipt  BIGINT PRIMARY KEY,
    counted  INTEGER NOT NULL,
    held     INTEGER NOT NULL
);
