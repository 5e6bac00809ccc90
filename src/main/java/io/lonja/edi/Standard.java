package io.lonja.edi;

/** The two families of EDI syntax, and the segments by which they envelop. */
public enum Standard {
    X12("ISA", "IEA", "GS", "GE", "ST", "SE", 2),
    EDIFACT("UNB", "UNZ", "UNG", "UNE", "UNH", "UNT", 1);

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

    /** {@code ISA}, {@code UNB}. */
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
