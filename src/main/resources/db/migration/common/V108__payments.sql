-- What remittance advices say is paid, by the document that is paid, whichever came first.
CREATE TABLE paid_item (
    document        VARCHAR(40) NOT NULL,
    item            INTEGER NOT NULL,
    buyer           VARCHAR(64) NOT NULL,
    seller          VARCHAR(64) NOT NULL,
    type            VARCHAR(32) NOT NULL,
    number          VARCHAR(200) NOT NULL,
    content         TEXT NOT NULL,
    PRIMARY KEY (document, item)
);
CREATE INDEX paid_item_number ON paid_item (number, seller, buyer);
