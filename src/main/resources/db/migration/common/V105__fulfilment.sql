-- Documents by the orders that they name, whichever came first; what became of an order follows from them.
CREATE TABLE trade_document (
    document        VARCHAR(40) NOT NULL,
    order_number    VARCHAR(200) NOT NULL,
    buyer           VARCHAR(64) NOT NULL,
    seller          VARCHAR(64) NOT NULL,
    type            VARCHAR(32) NOT NULL,
    number          VARCHAR(200) NOT NULL,
    issued          DATE NOT NULL,
    invoice_number  VARCHAR(200),
    signature       VARCHAR(64),
    content         TEXT NOT NULL,
    PRIMARY KEY (document, order_number)
);
CREATE INDEX trade_document_order ON trade_document (order_number, seller, buyer);
CREATE INDEX trade_document_invoice ON trade_document (invoice_number, seller, buyer);
CREATE INDEX trade_document_number ON trade_document (number, seller, buyer);
CREATE INDEX trade_document_signature ON trade_document (signature);

-- One row for every line of every order that came: the projection that lists are read from.
CREATE TABLE order_line (
    receipt         BIGINT NOT NULL,
    ordinal         INTEGER NOT NULL,
    line            INTEGER NOT NULL,
    buyer           VARCHAR(64) NOT NULL,
    seller          VARCHAR(64) NOT NULL,
    order_number    VARCHAR(200) NOT NULL,
    status          VARCHAR(16) NOT NULL,
    due_on          DATE NOT NULL,
    content         TEXT NOT NULL,
    PRIMARY KEY (receipt, ordinal, line)
);
CREATE INDEX order_line_order ON order_line (order_number, seller, buyer);
CREATE INDEX order_line_status ON order_line (status, due_on);
CREATE INDEX order_line_buyer ON order_line (buyer, receipt);
CREATE INDEX order_line_seller ON order_line (seller, receipt);

-- What does not fit, one row for each cause; by which entry it was opened gives its id.
CREATE TABLE fulfilment_case (
    fact            BIGINT NOT NULL,
    ordinal         INTEGER NOT NULL,
    number          INTEGER NOT NULL,
    case_key        VARCHAR(200) NOT NULL,
    buyer           VARCHAR(64) NOT NULL,
    seller          VARCHAR(64) NOT NULL,
    order_number    VARCHAR(200) NOT NULL,
    document        VARCHAR(40) NOT NULL,
    reason          VARCHAR(32) NOT NULL,
    state           VARCHAR(16) NOT NULL,
    content         TEXT NOT NULL,
    opened_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    closed_at       TIMESTAMP(6) WITH TIME ZONE,
    closed_by       VARCHAR(16),
    note            TEXT,
    PRIMARY KEY (fact, ordinal, number)
);
CREATE UNIQUE INDEX fulfilment_case_key ON fulfilment_case (case_key);
CREATE INDEX fulfilment_case_order ON fulfilment_case (order_number, seller, buyer);
CREATE INDEX fulfilment_case_document ON fulfilment_case (document);
CREATE INDEX fulfilment_case_state ON fulfilment_case (state, fact);
