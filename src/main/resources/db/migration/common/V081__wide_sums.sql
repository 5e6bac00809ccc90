-- Sums over any number of documents: they may outgrow what one amount can be, and must not stop the lane.
ALTER TABLE account_total ALTER COLUMN amount_minor SET DATA TYPE NUMERIC(38);
ALTER TABLE ledger_account ALTER COLUMN debits_minor SET DATA TYPE NUMERIC(38);
ALTER TABLE ledger_account ALTER COLUMN credits_minor SET DATA TYPE NUMERIC(38);
