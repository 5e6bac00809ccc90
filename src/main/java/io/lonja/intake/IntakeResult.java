package io.lonja.intake;

/** What the door may answer. */
public sealed interface IntakeResult {

    /** New and durable now. */
    record Received(Receipt receipt) implements IntakeResult {}

    /** The same bytes were received before: the first receipt answers again. */
    record AlreadyReceived(Receipt first, boolean sameMessageId) implements IntakeResult {}

    /** The message id was used before for other bytes; refused, with an alarm. */
    record MessageIdReused(Receipt first) implements IntakeResult {}

    /** Not taken; nothing was kept, and the sentence says what to do next. */
    record Refused(Reason reason, String sentence) implements IntakeResult {}

    /** Why bytes are not even received. */
    enum Reason {
        EMPTY,
        TOO_LARGE,
        MESSAGE_ID_TOO_LONG
    }
}
