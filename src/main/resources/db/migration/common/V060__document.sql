-- The business documents, one row for every transaction set that was mapped.
CREATE TABLE document (
    id              VARCHAR(40) PRIMARY KEY,
    receipt         BIGINT NOT NULL,
    ordinal         INTEGER NOT NULL,
    fact            BIGINT NOT NULL,
    interchange     VARCHAR(64) NOT NULL,
    control_number  VARCHAR(64) NOT NULL,
    guide           VARCHAR(64) NOT NULL,
    sender          VARCHAR(64) NOT NULL,
    buyer           VARCHAR(64),
    seller          VARCHAR(64),
    type            VARCHAR(32) NOT NULL,
    number          VARCHAR(80),
    issued          DATE,
    currency        VARCHAR(3),
    total           NUMERIC(38, 4),
    bytes_from      BIGINT NOT NULL,
    bytes_to        BIGINT NOT NULL,
    state           VARCHAR(16) NOT NULL,
    repeats         VARCHAR(40),
    content         TEXT,
    content_digest  VARCHAR(64),
    problems        TEXT NOT NULL,
    recorded_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX document_place ON document (receipt, ordinal);
CREATE INDEX document_number ON document (number, sender, type, issued);
CREATE INDEX document_control_number ON document (control_number);
CREATE INDEX document_interchange ON document (interchange);
CREATE INDEX document_sender ON document (sender, receipt);
CREATE INDEX document_buyer ON document (buyer, receipt);
CREATE INDEX document_seller ON document (seller, receipt);
