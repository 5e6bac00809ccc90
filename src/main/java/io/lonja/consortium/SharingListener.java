package io.lonja.consortium;

/** Hears what members got of a supplier's document, inside the transaction of the books. */
public interface SharingListener {

    void on(SharedDocument shared);
}
