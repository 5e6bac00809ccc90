package io.lonja.edi;

/** Something that cannot stand in an interchange as it is; nothing of the interchange was written. */
public final class UnwritableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String transactionSet;
    private final int segment;
    private final String segmentId;
    private final int element;

    UnwritableException(String transactionSet, int segment, String segmentId, int element, String sentence) {
        super(sentence);
        this.transactionSet = transactionSet;
        this.segment = segment;
        this.segmentId = segmentId;
        this.element = element;
    }

    /** Control number of the transaction set; empty where it is the envelope's fault. */
    public String transactionSet() {
        return transactionSet;
    }

    /** Counted from 1 at ST or UNH; 0 where it is the envelope's fault. */
    public int segment() {
        return segment;
    }

    /** {@code PO1}. */
    public String segmentId() {
        return segmentId;
    }

    /** Counted from 1; 0 for the segment as a whole. */
    public int element() {
        return element;
    }
}
