package io.lonja.document;

/** Takes documents into a domain module, inside the transaction of the books, in the order of {@link #step}. */
public interface DocumentListener {

    /** Order among the listeners: upstream modules first. */
    int step();

    void on(DocumentAccepted event);
}
