package io.lonja.portal.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.EntryId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UnreadReceiptsTests {

    @Test
    void waitsUntilWhatWasReceivedBeforeIsRead() {
        AtomicInteger looks = new AtomicInteger();
        UnreadReceipts unread = new UnreadReceipts(
                () -> 9,
                through -> looks.incrementAndGet() < 3 && through == 9 ? Optional.of(new EntryId(7)) : Optional.empty(),
                Duration.ofMinutes(1));

        assertThatCode(() -> unread.demandNone("the statement")).doesNotThrowAnyException();
    }

    @Test
    void namesTheReceiptThatIsNotReadInTime() {
        UnreadReceipts unread =
                new UnreadReceipts(() -> 9, through -> Optional.of(new EntryId(7)), Duration.ofMillis(1));

        assertThatThrownBy(() -> unread.demandNone("the statement"))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(
                        "Receipt 7 came before this and is not read to its end, so the statement would miss it. Try again in a moment;")
                .extracting(e -> ((ProblemException) e).status())
                .isEqualTo(409);
    }
}
