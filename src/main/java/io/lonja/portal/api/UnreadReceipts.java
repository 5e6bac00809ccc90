package io.lonja.portal.api;

import io.lonja.archive.EntryId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Lets a decision that must know all that came before it wait until every receipt is read to its end.
 *
 * @param received the sequence through which there may be receipts now
 * @param oldest the oldest receipt through this sequence that is not read yet
 * @param patience how long to wait
 */
record UnreadReceipts(LongSupplier received, LongFunction<Optional<EntryId>> oldest, Duration patience) {

    private static final long PAUSE_MILLIS = 20;

    /** Returns when what was received up to now is read. Throws 409 with the receipt's name when that lasts. */
    void demandNone(String what) {
        long upToNow = received.getAsLong();
        long begun = System.nanoTime();
        Optional<EntryId> unread = oldest.apply(upToNow);
        while (unread.isPresent() && System.nanoTime() - begun < patience.toNanos()) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            unread = oldest.apply(upToNow);
        }
        unread.ifPresent(receipt -> {
            throw new ProblemException(
                    409,
                    "receipts-unread",
                    "Receipt %1$s came before this and is not read to its end, so %2$s would miss it. Try again in a moment; if it stays so, see what GET /api/v1/interchanges/%1$s and the alarms say about it."
                            .formatted(receipt, what));
        });
    }
}
