-- Of a receipt's documents, those that are refused for good.
ALTER TABLE tracked_outcome ADD COLUMN refused INTEGER DEFAULT 0 NOT NULL;
