-- One open and one close per cause. open_cause is the cause while the alarm is open, so that it is unique then.
CREATE TABLE alarm (
    id          VARCHAR(36) PRIMARY KEY,
    cause       VARCHAR(500) NOT NULL,
    open_cause  VARCHAR(500) UNIQUE,
    sentence    TEXT NOT NULL,
    opened_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    closed_at   TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX alarm_opened_at ON alarm (opened_at, id);
CREATE INDEX alarm_cause ON alarm (cause);
