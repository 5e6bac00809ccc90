-- Members who buy together, as they were said last. The content is the fact's.
CREATE TABLE consortium (
    id        VARCHAR(64) PRIMARY KEY,
    operator  VARCHAR(64) NOT NULL,
    content   TEXT NOT NULL
);
CREATE INDEX consortium_operator ON consortium (operator);

-- What a supplier sells to a consortium. The id is the sequence of the command that made it.
CREATE TABLE supply_agreement (
    id          BIGINT PRIMARY KEY,
    consortium  VARCHAR(64) NOT NULL,
    supplier    VARCHAR(64) NOT NULL,
    content     TEXT NOT NULL
);
CREATE INDEX supply_agreement_consortium ON supply_agreement (consortium);

-- Purchases that members pool. The id is the sequence of the command that opened it.
CREATE TABLE group_order (
    id              BIGINT PRIMARY KEY,
    consortium      VARCHAR(64) NOT NULL,
    operator        VARCHAR(64) NOT NULL,
    supplier        VARCHAR(64) NOT NULL,
    agreement       BIGINT NOT NULL,
    state           VARCHAR(16) NOT NULL,
    deadline        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    opened_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    delivery        DATE,
    deadline_entry  BIGINT,
    closed_by       BIGINT,
    number          VARCHAR(40) NOT NULL UNIQUE,
    committed       TEXT
);
CREATE INDEX group_order_state ON group_order (state, deadline);
CREATE INDEX group_order_operator ON group_order (operator, state);

-- What it offers: a copy of the agreement's items, to find the group order of an ordered line.
CREATE TABLE group_order_item (
    group_order  BIGINT NOT NULL,
    item         VARCHAR(64) NOT NULL,
    PRIMARY KEY (group_order, item)
);

-- What members ask for. A newer pledge of a member for an item takes the place of its older one; lines of orders add up.
CREATE TABLE group_order_demand (
    group_order  BIGINT NOT NULL,
    member       VARCHAR(64) NOT NULL,
    item         VARCHAR(64) NOT NULL,
    fact         BIGINT NOT NULL,
    ordinal      INTEGER NOT NULL,
    line         INTEGER NOT NULL,
    quantity     VARCHAR(40) NOT NULL,
    unit         VARCHAR(20) NOT NULL,
    packs        BIGINT NOT NULL,
    sender       VARCHAR(64),
    type         VARCHAR(32),
    document     VARCHAR(200),
    interchange  BIGINT,
    bytes_from   BIGINT,
    bytes_to     BIGINT,
    recorded_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (group_order, fact, ordinal, line)
);

-- Lines of orders to a consortium that went into no group order.
CREATE TABLE group_order_unmatched (
    fact         BIGINT NOT NULL,
    ordinal      INTEGER NOT NULL,
    line         INTEGER NOT NULL,
    operator     VARCHAR(64) NOT NULL,
    buyer        VARCHAR(64) NOT NULL,
    line_number  VARCHAR(200) NOT NULL,
    items        TEXT NOT NULL,
    quantity     VARCHAR(40) NOT NULL,
    unit         VARCHAR(20) NOT NULL,
    reason       TEXT NOT NULL,
    sender       VARCHAR(64) NOT NULL,
    type         VARCHAR(32) NOT NULL,
    document     VARCHAR(200) NOT NULL,
    interchange  BIGINT NOT NULL,
    bytes_from   BIGINT NOT NULL,
    bytes_to     BIGINT NOT NULL,
    recorded_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (fact, ordinal, line)
);

-- Who asked for how many packs of a closed group order and got how many.
CREATE TABLE group_order_allotment (
    group_order  BIGINT NOT NULL,
    member       VARCHAR(64) NOT NULL,
    item         VARCHAR(64) NOT NULL,
    asked        BIGINT NOT NULL,
    granted      BIGINT NOT NULL,
    sentence     TEXT NOT NULL,
    PRIMARY KEY (group_order, item, member)
);
