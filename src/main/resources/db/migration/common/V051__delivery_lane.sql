-- How often a delivery was tried and when it may be tried again; and who works on whose lane.
ALTER TABLE delivery ADD COLUMN attempts INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE delivery ADD COLUMN next_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE delivery ADD COLUMN handed_over BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE delivery ADD COLUMN last_failure TEXT;

CREATE TABLE delivery_lane (
    party         VARCHAR(64) PRIMARY KEY,
    holder        VARCHAR(64) NOT NULL,
    leased_until  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
