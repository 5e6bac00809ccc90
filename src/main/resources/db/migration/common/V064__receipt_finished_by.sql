-- The fact that a receipt went through by: what was mended after it may read the same bytes otherwise.
ALTER TABLE receipt ADD COLUMN finished_by BIGINT;
UPDATE receipt SET finished_by = (SELECT m.fact FROM mapped_receipt m WHERE m.receipt = receipt.entry);
