-- What became of each command; the actor and the key are attributes of its entry, so a rebuild remembers them.
CREATE TABLE command_outcome (
    entry            BIGINT PRIMARY KEY,
    actor            VARCHAR(255) NOT NULL,
    idempotency_key  VARCHAR(255),
    fact_type        VARCHAR(64) NOT NULL,
    body_digest      VARCHAR(64) NOT NULL,
    status           INTEGER NOT NULL,
    body             TEXT NOT NULL,
    UNIQUE (actor, idempotency_key)
);
