package io.lonja.route;

import io.lonja.archive.EntryId;
import io.lonja.intake.Receipts;
import io.lonja.party.PartyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. Of what one sender sent, one receipt at a time is read and mapped, in the order of the archive: of two
 * under one number or name the one that came first counts. Senders do not wait for each other.
 *
 * <p>A wake-up says that its sender has work, whichever receipt it names. While a sender's receipt is worked on, further
 * wake-ups are spent: whoever is done gives the turn to the next. A receipt that failed waits for its next attempt and
 * lets those behind it pass, or one that cannot be read would keep a partner back for ever.
 */
public final class Turns {

    private static final int PAGE = 100;

    /** Kept in memory: after a restart nobody works. */
    private final Map<PartyId, EntryId> worked = new ConcurrentHashMap<>();

    private final Receipts receipts;
    private final Attempts attempts;

    Turns(Receipts receipts, Attempts attempts) {
        this.receipts = receipts;
        this.attempts = attempts;
    }

    /**
     * Takes the sender's turn, which {@link #done} or {@link #failed} ends.
     *
     * @param woken the receipt that a wake-up names
     * @return the receipt that is worked on from now on; null when somebody works for this sender or nothing waits
     */
    public @Nullable EntryId take(EntryId woken) {
        Optional<PartyId> sender = receipts.sender(woken);
        if (sender.isEmpty()) {
            attempts.begin(woken);
            return woken; // Reading it says what is wrong with the wake-up.
        }
        PartyId from = sender.get();
        if (worked.putIfAbsent(from, woken) != null) {
            attempts.putAside(woken);
            return null;
        }
        EntryId turn = null;
        boolean taken = false;
        try {
            turn = attempts.failing(woken) && receipts.unfinished(woken)
                    ? woken
                    : waiting(from).orElse(null);
            if (!woken.equals(turn)) {
                leave(woken);
            }
            if (turn != null) {
                worked.put(from, turn);
                attempts.begin(turn);
                taken = true;
            }
        } finally {
            if (!taken) { // Whatever happened: nobody works for this sender.
                worked.remove(from);
            }
        }
        return turn;
    }

    private void leave(EntryId woken) {
        if (receipts.unfinished(woken)) {
            attempts.putAside(woken);
        } else {
            attempts.done(woken);
        }
    }

    /** The receipt went through. */
    public void done(EntryId receipt) {
        worked.values().remove(receipt);
        attempts.done(receipt);
    }

    /**
     * The receipt did not go through, by our fault; the next attempt waits.
     *
     * @param receipt whose turn was taken; null when a wake-up failed before
     */
    public void failed(@Nullable EntryId receipt, Exception failure) {
        try {
            attempts.failed(receipt, failure);
        } catch (RuntimeException databaseGone) {
            if (receipt != null) {
                attempts.putAside(receipt); // Or it would pass for worked on.
            }
            throw databaseGone;
        } finally {
            if (receipt != null) {
                worked.values().remove(receipt);
            }
        }
    }

    /**
     * The receipt whose turn comes after this one, of the same sender; null when none waits.
     *
     * @param receipt null when a wake-up failed before a turn was taken
     */
    public @Nullable EntryId next(@Nullable EntryId receipt) {
        return receipt == null
                ? null
                : receipts.sender(receipt).flatMap(this::waiting).orElse(null);
    }

    /** Whether nobody works for this sender. */
    boolean free(PartyId sender) {
        return !worked.containsKey(sender);
    }

    private Optional<EntryId> waiting(PartyId sender) {
        long after = 0;
        List<EntryId> page;
        do {
            page = receipts.unfinishedFrom(sender, after, PAGE);
            for (EntryId receipt : page) {
                if (!attempts.failing(receipt)) {
                    return Optional.of(receipt);
                }
                after = receipt.sequence();
            }
        } while (page.size() == PAGE);
        return Optional.empty();
    }
}
