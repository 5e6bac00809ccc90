-- Alarms that a person has seen.
CREATE TABLE alarm_mute (
    alarm    VARCHAR(64) PRIMARY KEY,
    muted_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
