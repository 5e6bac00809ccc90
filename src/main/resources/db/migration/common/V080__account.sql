-- What happened between a party and the others, one row per party and event. Rows are only added.
CREATE TABLE account_event (
    party         VARCHAR(64) NOT NULL,
    sequence      BIGINT NOT NULL,
    kind          VARCHAR(16) NOT NULL,
    counterparty  VARCHAR(64) NOT NULL,
    currency      VARCHAR(3) NOT NULL,
    amount_minor  BIGINT NOT NULL,
    sender        VARCHAR(64) NOT NULL,
    type          VARCHAR(32) NOT NULL,
    document      VARCHAR(200) NOT NULL,
    entry         BIGINT NOT NULL,
    bytes_from    BIGINT NOT NULL,
    bytes_to      BIGINT NOT NULL,
    effective_on  DATE NOT NULL,
    recorded_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (party, sequence)
);

-- Running totals: a projection of account_event.
CREATE TABLE account_total (
    party         VARCHAR(64) NOT NULL,
    kind          VARCHAR(16) NOT NULL,
    currency      VARCHAR(3) NOT NULL,
    events        BIGINT NOT NULL,
    amount_minor  BIGINT NOT NULL,
    last_on       DATE NOT NULL,
    PRIMARY KEY (party, kind, currency)
);
