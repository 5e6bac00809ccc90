-- Who bought how much of an invoiced line that was bought for several: patronage follows it. The parts stand in the
-- order in which equal remainders are rounded up; the entry is the one that closed the group order.
CREATE TABLE commission_line_share (
    fact       BIGINT NOT NULL,
    ordinal    INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    member     VARCHAR(64) NOT NULL,
    weight     VARCHAR(40) NOT NULL,
    closed_by  BIGINT NOT NULL,
    PRIMARY KEY (fact, ordinal, line, place)
);
