package io.lonja.edi;

/**
 * The two families of EDI syntax, and the segments by which they envelop; and UBL, whose documents are XML and travel
 * without an envelope: there is nothing in it that could be acknowledged.
 */
public enum Standard {
    X12("ISA", "IEA", "GS", "GE", "ST", "SE", 2),
    EDIFACT("UNB", "UNZ", "UNG", "UNE", "UNH", "UNT", 1),
    UBL("", "", "", "", "", "", 0);

    private final String header;
    private final String trailer;
    private final String groupHeader;
    private final String groupTrailer;
    private final String setHeader;
    private final String setTrailer;
    private final int setControlNumber;

    Standard(
            String header,
            String trailer,
            String groupHeader,
            String groupTrailer,
            String setHeader,
            String setTrailer,
            int setControlNumber) {
        this.header = header;
        this.trailer = trailer;
        this.groupHeader = groupHeader;
        this.groupTrailer = groupTrailer;
        this.setHeader = setHeader;
        this.setTrailer = setTrailer;
        this.setControlNumber = setControlNumber;
    }

    /** That of the documents of a guide, by its id: {@code x12-004010-850}, {@code edifact-d96a-orders}, {@code ubl-2.1-invoice}. */
    public static Standard of(GuideId guide) {
        String id = guide.value();
        return id.startsWith("edifact-") ? EDIFACT : id.startsWith("ubl-") ? UBL : X12;
    }

    /** {@code ISA}, {@code UNB}; empty in UBL, which has none. */
    public String header() {
        return header;
    }

    String trailer() {
        return trailer;
    }

    String groupHeader() {
        return groupHeader;
    }

    String groupTrailer() {
        return groupTrailer;
    }

    /** {@code ST}, {@code UNH}. */
    public String setHeader() {
        return setHeader;
    }

    String setTrailer() {
        return setTrailer;
    }

    /** The element of the set's header that is its control number; in the trailer it is the second in both. */
    int setControlNumber() {
        return setControlNumber;
    }
}
