-- Shipments by the numbers that link them: of each order what its despatch advices call them (sent), and what receiving advices
-- that name no order say that they received.
CREATE TABLE trade_shipment (
    document        VARCHAR(40) NOT NULL,
    order_number    VARCHAR(200) NOT NULL,
    name            VARCHAR(200) NOT NULL,
    sent            BOOLEAN NOT NULL,
    buyer           VARCHAR(64) NOT NULL,
    seller          VARCHAR(64) NOT NULL,
    PRIMARY KEY (document, order_number, name)
);
CREATE INDEX trade_shipment_name ON trade_shipment (name, seller, buyer);
CREATE INDEX trade_shipment_order ON trade_shipment (order_number, seller, buyer);
