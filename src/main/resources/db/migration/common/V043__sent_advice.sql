-- Which document an interchange that we sent holds, and ST02 or UNH 0062 of it; null for what was sent before that was kept.
ALTER TABLE sent_interchange ADD COLUMN set_number VARCHAR(14);
ALTER TABLE sent_interchange ADD COLUMN document_number VARCHAR(80);
ALTER TABLE sent_interchange ADD COLUMN document_of VARCHAR(64);
CREATE INDEX sent_interchange_document ON sent_interchange (partner, document_number);

-- What the receiver's 824 or APERAK last said of it, beside what its 997 or CONTRL says.
CREATE TABLE sent_advice (
    entry     BIGINT PRIMARY KEY,
    verdict   VARCHAR(24) NOT NULL,
    said_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    said_by   VARCHAR(8) NOT NULL,
    receipt   BIGINT NOT NULL,
    reasons   TEXT
);
