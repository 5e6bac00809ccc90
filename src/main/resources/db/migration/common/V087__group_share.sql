-- The supplier's invoices for group orders, and credit notes to a consortium's buyer, whichever came first.
CREATE TABLE group_document (
    fact            BIGINT NOT NULL,
    ordinal         INTEGER NOT NULL,
    type            VARCHAR(32) NOT NULL,
    supplier        VARCHAR(64) NOT NULL,
    operator        VARCHAR(64) NOT NULL,
    number          VARCHAR(200) NOT NULL,
    invoice_number  VARCHAR(200) NOT NULL,
    group_order     BIGINT,
    issued_on       DATE NOT NULL,
    content         TEXT NOT NULL,
    sender          VARCHAR(64) NOT NULL,
    interchange     BIGINT NOT NULL,
    bytes_from      BIGINT NOT NULL,
    bytes_to        BIGINT NOT NULL,
    recorded_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (fact, ordinal)
);
CREATE INDEX group_document_invoice ON group_document (supplier, operator, invoice_number);

-- Each member's part of them. Parts of a document add up to it.
CREATE TABLE group_share (
    fact           BIGINT NOT NULL,
    ordinal        INTEGER NOT NULL,
    member         VARCHAR(64) NOT NULL,
    group_order    BIGINT NOT NULL,
    currency       VARCHAR(3) NOT NULL,
    net_minor      BIGINT NOT NULL,
    tax_minor      BIGINT NOT NULL,
    PRIMARY KEY (fact, ordinal, member)
);
CREATE INDEX group_share_order ON group_share (group_order, member);

CREATE TABLE group_share_line (
    fact       BIGINT NOT NULL,
    ordinal    INTEGER NOT NULL,
    member     VARCHAR(64) NOT NULL,
    line       INTEGER NOT NULL,
    item       VARCHAR(64),
    quantity   VARCHAR(40) NOT NULL,
    unit       VARCHAR(20) NOT NULL,
    net_minor  BIGINT NOT NULL,
    PRIMARY KEY (fact, ordinal, member, line)
);
