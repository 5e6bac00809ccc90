-- Lines of orders, and lines of invoices that name an order: what is open follows from both, whichever came first.
CREATE TABLE opportunity_line (
    fact          BIGINT NOT NULL,
    ordinal       INTEGER NOT NULL,
    line          INTEGER NOT NULL,
    type          VARCHAR(32) NOT NULL,
    supplier      VARCHAR(64) NOT NULL,
    member        VARCHAR(64) NOT NULL,
    order_number  VARCHAR(200) NOT NULL,
    line_number   VARCHAR(200) NOT NULL,
    items         TEXT NOT NULL,
    quantity      VARCHAR(40) NOT NULL,
    unit          VARCHAR(20) NOT NULL,
    currency      VARCHAR(3) NOT NULL,
    net_minor     BIGINT NOT NULL,
    PRIMARY KEY (fact, ordinal, line)
);
CREATE INDEX opportunity_line_order ON opportunity_line (supplier, member, order_number);

-- One row per order of a member with a supplier: the projection that lists are read from.
CREATE TABLE opportunity (
    id              VARCHAR(40) PRIMARY KEY,
    fact            BIGINT NOT NULL,
    ordinal         INTEGER NOT NULL,
    supplier        VARCHAR(64) NOT NULL,
    member          VARCHAR(64) NOT NULL,
    order_number    VARCHAR(200) NOT NULL,
    ordered_on      DATE NOT NULL,
    currency        VARCHAR(3) NOT NULL,
    ordered_minor   BIGINT NOT NULL,
    invoiced_minor  BIGINT NOT NULL,
    won             BOOLEAN NOT NULL,
    sender          VARCHAR(64) NOT NULL,
    entry           BIGINT NOT NULL,
    bytes_from      BIGINT NOT NULL,
    bytes_to        BIGINT NOT NULL,
    recorded_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE UNIQUE INDEX opportunity_order ON opportunity (supplier, member, order_number, ordered_on, sender);
