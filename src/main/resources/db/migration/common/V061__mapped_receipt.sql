-- Which receipts were mapped, and by which fact.
CREATE TABLE mapped_receipt (
    receipt  BIGINT PRIMARY KEY,
    fact     BIGINT NOT NULL
);
