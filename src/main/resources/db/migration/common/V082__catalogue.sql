-- Items as they were said last. The content is the fact's.
CREATE TABLE catalogue_item (
    id       VARCHAR(64) PRIMARY KEY,
    fact     BIGINT NOT NULL,
    content  TEXT NOT NULL
);

-- Whose code means which item: a projection of catalogue_item. The party is empty for a GTIN of 14 digits.
CREATE TABLE catalogue_code (
    party  VARCHAR(64) NOT NULL,
    code   VARCHAR(80) NOT NULL,
    unit   VARCHAR(3) NOT NULL,
    item   VARCHAR(64) NOT NULL,
    pack   VARCHAR(40) NOT NULL,
    PRIMARY KEY (party, code, unit)
);
CREATE INDEX catalogue_code_item ON catalogue_code (item);
