package io.lonja.delivery;

import java.time.Instant;

/**
 * The proof that something arrived which comes after it left: an asynchronous MDN.
 *
 * @param by when it should have come
 * @param unproved it did not come in time
 */
public record AwaitedProof(Delivery delivery, Instant by, boolean unproved) {

    /** {@code expected}, {@code overdue} or {@code received}. */
    public String status() {
        return !delivery.open() ? "received" : unproved ? "overdue" : "expected";
    }
}
