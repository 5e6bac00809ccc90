-- Replays that an operator wants and that are not mapped yet.
CREATE TABLE due_replay (
    command  BIGINT PRIMARY KEY,
    receipt  BIGINT NOT NULL
);
