-- Under which entry the AS2 message of a delivery left, so that a retry sends the same bytes.
CREATE TABLE as2_sent (
    delivery  BIGINT PRIMARY KEY,
    entry     BIGINT NOT NULL
);
