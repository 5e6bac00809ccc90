-- What a party paid for what, by every code of the item that its documents name.
CREATE TABLE account_price (
    party         VARCHAR(64) NOT NULL,
    scheme        VARCHAR(40) NOT NULL,
    code          VARCHAR(200) NOT NULL,
    seller        VARCHAR(64) NOT NULL,
    issued_on     DATE NOT NULL,
    fact          BIGINT NOT NULL,
    ordinal       INTEGER NOT NULL,
    line          INTEGER NOT NULL,
    quantity      VARCHAR(40) NOT NULL,
    unit          VARCHAR(20) NOT NULL,
    currency      VARCHAR(3) NOT NULL,
    net_minor     BIGINT NOT NULL,
    sender        VARCHAR(64) NOT NULL,
    type          VARCHAR(32) NOT NULL,
    document      VARCHAR(200) NOT NULL,
    interchange   BIGINT NOT NULL,
    bytes_from    BIGINT NOT NULL,
    bytes_to      BIGINT NOT NULL,
    PRIMARY KEY (party, scheme, code, fact, ordinal, line)
);
CREATE INDEX account_price_latest ON account_price (party, scheme, code, issued_on);
