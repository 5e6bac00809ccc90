-- The group order of which a price is a part; null for what the party bought itself.
ALTER TABLE account_price ADD COLUMN group_order BIGINT;
