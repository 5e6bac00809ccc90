-- What arrived. A message id names one content per partner; finished means that it went through the whole pipeline.
CREATE TABLE receipt (
    entry          BIGINT PRIMARY KEY,
    partner        VARCHAR(64) NOT NULL,
    channel        VARCHAR(32) NOT NULL,
    message_id     VARCHAR(255),
    digest         VARCHAR(64) NOT NULL,
    received_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    finished       BOOLEAN NOT NULL,
    UNIQUE (partner, message_id)
);
CREATE INDEX receipt_content ON receipt (partner, digest);
CREATE INDEX receipt_unfinished ON receipt (finished, entry);

-- Evidence of what was refused at the door, counted so that nobody fills the archive with refusals.
CREATE TABLE intake_refusal (
    entry       BIGINT PRIMARY KEY,
    partner     VARCHAR(64) NOT NULL,
    refused_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX intake_refusal_partner ON intake_refusal (partner, refused_at);
