package io.lonja.edi;

/**
 * What one payload may cost. Whoever exceeds a limit gets an error that names it.
 *
 * @param payloadBytes all bytes
 * @param interchanges in the payload
 * @param groups in all interchanges
 * @param transactionSets in all interchanges
 * @param interchangeBytes of one interchange
 * @param interchangeSegments of one interchange
 */
record Limits(
        long payloadBytes,
        int interchanges,
        int groups,
        int transactionSets,
        long interchangeBytes,
        long interchangeSegments) {

    static final int PAYLOAD_BYTES_MAX = 256 << 20;
    static final int PAYLOAD_INTERCHANGES_MAX = 1_000;
    static final int PAYLOAD_GROUPS_MAX = 10_000;
    static final int PAYLOAD_TRANSACTION_SETS_MAX = 50_000;
    static final int INTERCHANGE_BYTES_MAX = 128 << 20;
    static final int INTERCHANGE_SEGMENTS_MAX = 3_000_000;

    /** Of what a partner sends: all that is found in it is kept. */
    static final Limits RECEIVED = new Limits(
            PAYLOAD_BYTES_MAX,
            PAYLOAD_INTERCHANGES_MAX,
            PAYLOAD_GROUPS_MAX,
            PAYLOAD_TRANSACTION_SETS_MAX,
            INTERCHANGE_BYTES_MAX,
            INTERCHANGE_SEGMENTS_MAX);

    /** Of a file that is passed by and not kept. */
    static final Limits PASSED_BY = new Limits(
            Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** Kept in all; beyond it every group and every set keeps its first, and whether there was a fatal one. */
    static final int PAYLOAD_ERRORS_MAX = 10_000;

    static final int ISA_BYTES_MAX = 300;
    static final int UNB_BYTES_MAX = 600;
    static final int SEGMENT_BYTES_MAX = 64 << 10;
    /** In one segment, beside its text. */
    static final int BINARY_BYTES_MAX = 16 << 20;

    static final int ELEMENTS_MAX = 400;
    static final int TRANSACTION_SET_ERRORS_MAX = 1_000;
    static final int ENVELOPE_ERRORS_MAX = 1_000;
    static final int GUIDE_BYTES_MAX = 4 << 20;
}
