-- By which channel something must leave that does not leave as documents do, and when the proof of what left is due.
ALTER TABLE delivery ADD COLUMN leaves_by VARCHAR(16);
ALTER TABLE delivery ADD COLUMN departures INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE delivery ADD COLUMN proof_by TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE delivery ADD COLUMN unproved BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX delivery_proof ON delivery (proof_by);

-- The name of a lane is a party, or a party and a channel.
ALTER TABLE delivery_lane ALTER COLUMN party SET DATA TYPE VARCHAR(100);
