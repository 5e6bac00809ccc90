-- What suppliers agreed to pay on what they invoice. The id is the sequence of the command that made it.
CREATE TABLE commission_agreement (
    id           BIGINT PRIMARY KEY,
    supplier     VARCHAR(64) NOT NULL,
    rate         VARCHAR(20) NOT NULL,
    share_back   VARCHAR(20) NOT NULL,
    valid_from   DATE NOT NULL,
    valid_to     DATE,
    reason       VARCHAR(1000),
    rule         VARCHAR(64) NOT NULL,
    recorded_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX commission_agreement_supplier ON commission_agreement (supplier, valid_from);

-- Lines of invoices and credit notes with their commission base, one row each.
CREATE TABLE commission_line (
    fact            BIGINT NOT NULL,
    ordinal         INTEGER NOT NULL,
    line            INTEGER NOT NULL,
    type            VARCHAR(32) NOT NULL,
    sender          VARCHAR(64) NOT NULL,
    supplier        VARCHAR(64) NOT NULL,
    member          VARCHAR(64) NOT NULL,
    number          VARCHAR(200) NOT NULL,
    issued_on       DATE NOT NULL,
    invoice_number  VARCHAR(200) NOT NULL,
    line_number     VARCHAR(200) NOT NULL,
    items           TEXT NOT NULL,
    currency        VARCHAR(3) NOT NULL,
    base_minor      BIGINT NOT NULL,
    interchange     BIGINT NOT NULL,
    bytes_from      BIGINT NOT NULL,
    bytes_to        BIGINT NOT NULL,
    PRIMARY KEY (fact, ordinal, line)
);
CREATE INDEX commission_line_matter ON commission_line (supplier, member, invoice_number);

-- The ledger. One row is one posting with its debit and its credit, so that half a pair cannot be written.
CREATE TABLE ledger_entry (
    fact            BIGINT NOT NULL,
    ordinal         INTEGER NOT NULL,
    number          INTEGER NOT NULL,
    kind            VARCHAR(16) NOT NULL,
    debit           VARCHAR(160) NOT NULL,
    credit          VARCHAR(160) NOT NULL,
    currency        VARCHAR(3) NOT NULL,
    amount_minor    BIGINT NOT NULL CHECK (amount_minor >= 0),
    position        VARCHAR(200) NOT NULL,
    supplier        VARCHAR(64) NOT NULL,
    member          VARCHAR(64) NOT NULL,
    invoice_number  VARCHAR(200) NOT NULL,
    agreement       BIGINT,
    rule            VARCHAR(64),
    base_minor      BIGINT NOT NULL,
    sender          VARCHAR(64) NOT NULL,
    type            VARCHAR(32) NOT NULL,
    document        VARCHAR(200) NOT NULL,
    line            VARCHAR(200) NOT NULL,
    interchange     BIGINT NOT NULL,
    bytes_from      BIGINT NOT NULL,
    bytes_to        BIGINT NOT NULL,
    effective_on    DATE NOT NULL,
    recorded_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    period          VARCHAR(7) NOT NULL,
    PRIMARY KEY (fact, ordinal, number)
);
CREATE INDEX ledger_entry_matter ON ledger_entry (supplier, member, invoice_number);
CREATE INDEX ledger_entry_period ON ledger_entry (supplier, period);
CREATE INDEX ledger_entry_debit ON ledger_entry (debit);
CREATE INDEX ledger_entry_credit ON ledger_entry (credit);

-- Running sums of the accounts: a projection of ledger_entry that every posting checks.
CREATE TABLE ledger_account (
    account        VARCHAR(160) NOT NULL,
    currency       VARCHAR(3) NOT NULL,
    debits_minor   BIGINT NOT NULL,
    credits_minor  BIGINT NOT NULL,
    PRIMARY KEY (currency, account)
);

-- Closed periods. The id is the sequence of the command that closed it.
CREATE TABLE commission_statement (
    id         BIGINT PRIMARY KEY,
    supplier   VARCHAR(64) NOT NULL,
    period     VARCHAR(7) NOT NULL,
    closed_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    digest     VARCHAR(64) NOT NULL,
    content    TEXT NOT NULL,
    CONSTRAINT commission_statement_once UNIQUE (supplier, period)
);
