-- What an asynchronous MDN calls the message that it is about. Older messages were only answered at once.
ALTER TABLE as2_sent ADD COLUMN party VARCHAR(64);
ALTER TABLE as2_sent ADD COLUMN message_id VARCHAR(255);
CREATE INDEX as2_sent_message_id ON as2_sent (message_id);
