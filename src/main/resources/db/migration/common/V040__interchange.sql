-- Which receipts were read.
CREATE TABLE interchange_reading (
    receipt  BIGINT PRIMARY KEY,
    fact     BIGINT NOT NULL
);

-- Who sent which interchange under which control number. identity is a digest of standard, sender, receiver and
-- control number, because an envelope at fault may name them at any length.
CREATE TABLE interchange_identity (
    fact      BIGINT NOT NULL,
    ordinal   INTEGER NOT NULL,
    identity  VARCHAR(64) NOT NULL,
    digest    VARCHAR(64) NOT NULL,
    receipt   BIGINT NOT NULL,
    accepted  BOOLEAN NOT NULL,
    PRIMARY KEY (fact, ordinal)
);
CREATE INDEX interchange_identity_accepted ON interchange_identity (identity, accepted);

-- The last control number of our acknowledgments, per receiver and sender of what they acknowledge.
CREATE TABLE acknowledgment_lane (
    lane         VARCHAR(64) PRIMARY KEY,
    last_number  BIGINT NOT NULL
);
