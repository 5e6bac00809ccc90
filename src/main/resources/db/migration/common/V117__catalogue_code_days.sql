-- Whose code means which item on which days: a projection of catalogue_item. The party is empty for a GTIN of 14 digits.
CREATE TABLE catalogue_dated_code (
    party      VARCHAR(64) NOT NULL,
    code       VARCHAR(80) NOT NULL,
    unit       VARCHAR(3) NOT NULL,
    begins_on  DATE NOT NULL,
    ends_on    DATE NOT NULL,
    item       VARCHAR(64) NOT NULL,
    pack       VARCHAR(40) NOT NULL,
    PRIMARY KEY (party, code, unit, begins_on)
);
CREATE INDEX catalogue_dated_code_item ON catalogue_dated_code (item);
INSERT INTO catalogue_dated_code (party, code, unit, begins_on, ends_on, item, pack)
    SELECT party, code, unit, DATE '0001-01-01', DATE '9999-12-31', item, pack FROM catalogue_code;
DROP TABLE catalogue_code;
