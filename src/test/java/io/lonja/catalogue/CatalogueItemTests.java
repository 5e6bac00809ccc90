package io.lonja.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.CanonicalJson;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What somebody calls an item, and on which days. */
class CatalogueItemTests {

    private static final PartyId ACME = new PartyId("acme");

    @Test
    void aCodeHoldsOnItsDays() {
        CatalogueItem oil = item(code("OIL-25", "12", null, "2026-06-30"), code("OIL-26", "6", "2026-07-01", null));
        assertThat(oil.of(ACME, LocalDate.parse("2026-06-30")))
                .extracting(ItemCode::code)
                .containsExactly("OIL-25");
        assertThat(oil.of(ACME, LocalDate.parse("2026-07-01")))
                .extracting(ItemCode::code)
                .containsExactly("OIL-26");
        assertThat(oil.pack("CA", List.of(ACME), LocalDate.parse("2026-06-30"))).hasValue(new BigDecimal("12"));
        assertThat(oil.pack("CA", List.of(ACME), LocalDate.parse("2026-07-01"))).hasValue(new BigDecimal("6"));
    }

    @Test
    void aCodeMayHoldMoreThanOneOnOtherDaysOnly() {
        assertThat(item(code("OIL", "12", null, "2026-06-30"), code("OIL", "6", "2026-07-01", null))
                        .codes())
                .hasSize(2);
        assertThatThrownBy(() -> item(code("OIL", "12", null, "2026-07-01"), code("OIL", "6", "2026-07-01", null)))
                .hasMessage("acme's OIL in CA stands here twice for the same days; say once how much is in it.");
        assertThatThrownBy(() -> code("OIL", "12", "2026-07-01", "2026-06-30"))
                .hasMessage("A code that holds from 2026-07-01 cannot hold until 2026-06-30.");
    }

    /** Facts of before codes had days. */
    @Test
    void aCodeWithoutDaysIsReadAndWrittenAsBefore() {
        String fact =
                "{\"baseUnit\":\"EA\",\"codes\":[{\"code\":\"OIL\",\"pack\":\"12\",\"party\":\"acme\",\"unit\":\"CA\"}],\"id\":\"oil\",\"name\":\"Olive oil\"}";
        CatalogueItem item = CanonicalJson.read(fact.getBytes(StandardCharsets.UTF_8), CatalogueItem.class);
        assertThat(item.codes().get(0).holds(LocalDate.parse("1999-01-01"))).isTrue();
        assertThat(new String(CanonicalJson.of(item), StandardCharsets.UTF_8)).isEqualTo(fact);
    }

    private static CatalogueItem item(ItemCode... codes) {
        return new CatalogueItem(new ItemId("oil"), "Olive oil", "EA", List.of(codes));
    }

    private static ItemCode code(String code, String pack, @Nullable String from, @Nullable String until) {
        return new ItemCode(
                ACME,
                code,
                "CA",
                new BigDecimal(pack),
                from == null ? null : LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until));
    }
}
