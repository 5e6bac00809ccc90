package io.lonja.commission;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.EntryId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JournalEntryIdTests {

    @Test
    void isWrittenInAsciiDigitsWhateverTheLocaleOfTheMachine() {
        JournalEntryId id = new JournalEntryId(new EntryId(57), 0, 3);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(id).hasToString("57-0-3");
            assertThat(JournalEntryId.of(id.toString())).isEqualTo(id);
        } finally {
            Locale.setDefault(before);
        }
    }
}
