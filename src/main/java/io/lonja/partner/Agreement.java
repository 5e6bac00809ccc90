package io.lonja.partner;

/**
 * One kind of document exchanged with a partner.
 *
 * @param document the name in the document model: {@code purchase-order}
 * @param guide the folder under {@code schemas/}: {@code x12-004010-850}
 */
public record Agreement(String document, Direction direction, String guide, AcknowledgmentPolicy acknowledge) {

    /** As the hub sees it. */
    public enum Direction {
        INBOUND,
        OUTBOUND
    }

    /** Whether the functional group that carries the document is answered by a 997. */
    public enum AcknowledgmentPolicy {
        ALWAYS,
        NEVER
    }
}
