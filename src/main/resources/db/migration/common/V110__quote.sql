-- Requests for quotation, quotations and orders by the numbers that link them: its own, and those that it names.
CREATE TABLE trade_quote (
    document        VARCHAR(40) NOT NULL,
    name            VARCHAR(240) NOT NULL,
    own             BOOLEAN NOT NULL,
    buyer           VARCHAR(64) NOT NULL,
    seller          VARCHAR(64) NOT NULL,
    PRIMARY KEY (document, name)
);
CREATE INDEX trade_quote_name ON trade_quote (name, seller, buyer);
