-- Every version of every guide, by the fact that archived its files; the newest one of a guide reads what arrives now.
CREATE TABLE guide_version (
    entry           BIGINT PRIMARY KEY,
    guide           VARCHAR(64) NOT NULL,
    guide_digest    VARCHAR(64) NOT NULL,
    mapping_digest  VARCHAR(64) NOT NULL,
    engine          VARCHAR(128) NOT NULL
);
CREATE INDEX guide_version_guide ON guide_version (guide, entry);
