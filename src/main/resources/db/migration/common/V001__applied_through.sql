-- How far each lane has taken the archive into this database.
CREATE TABLE applied_through (
    lane      VARCHAR(16) PRIMARY KEY,
    sequence  BIGINT NOT NULL
);
