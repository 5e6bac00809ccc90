-- The highest control number of each pair of names whose sender counts by one; lane is a digest of standard and names.
CREATE TABLE interchange_sequence (
    lane     VARCHAR(64) PRIMARY KEY,
    highest  BIGINT NOT NULL
);

-- Numbers that were skipped and have not come. A gap is an alarm; its ranges shrink as they come.
CREATE TABLE interchange_gap (
    lane         VARCHAR(64) NOT NULL,
    cause        VARCHAR(200) NOT NULL,
    number_from  BIGINT NOT NULL,
    number_to    BIGINT NOT NULL,
    PRIMARY KEY (lane, cause, number_from)
);
CREATE INDEX interchange_gap_cause ON interchange_gap (cause);
