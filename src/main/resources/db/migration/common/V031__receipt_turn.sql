-- What waits of one sender, in the order in which it is read.
CREATE INDEX receipt_turn ON receipt (partner, finished, entry);
