package io.lonja.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.document.BusinessDocument.Quantity;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacksTests {

    @ParameterizedTest
    @CsvSource({"4, 6, 12, 2", "1, 12, 12, 1", "24, 1, 12, 2", "2.5, 10, 5, 5", "0.75, 1, 0.25, 3", "0, 6, 12, 0"})
    void changesIntoWholePacks(String quantity, String from, String to, long packs) {
        assertThat(packs(quantity, from, to)).isEqualTo(new Packs.Whole(packs));
    }

    @Test
    void saysWhichMultipleWouldDoInsteadOfRounding() {
        assertThat(packs("3", "6", "12"))
                .isEqualTo(
                        new Packs.NotWhole(
                                "3 CA are 18 base units, which are not whole packs of 12 (BX): change the quantity to a multiple of 2 CA."));
        assertThat(packs("1", "0.3", "0.25"))
                .isInstanceOfSatisfying(
                        Packs.NotWhole.class, not -> assertThat(not.sentence()).contains("a multiple of 5 CA"));
    }

    @Test
    void hasALimit() {
        assertThat(packs("999999999999", "1", "1")).isInstanceOf(Packs.NotWhole.class);
        assertThat(packs("-1", "1", "1")).isInstanceOf(Packs.NotWhole.class);
    }

    @Test
    void aUpcAndItsGtin13AreOneCode() {
        ItemCode upc = code(null, "036000291452", "CA", "12");
        ItemCode gtin = code(null, "0036000291452", "CA", "12");
        assertThat(upc.key()).isEqualTo(gtin.key());
        assertThatThrownBy(() -> new CatalogueItem(new ItemId("towels"), "Towels", "EA", List.of(upc, gtin)))
                .hasMessageContaining("stands here twice");
    }

    @ParameterizedTest
    @CsvSource({"036000291453", "1234567", "abcdefgh"})
    void aNumberWhoseLastDigitDoesNotCheckIsNoGtin(String code) {
        assertThatThrownBy(() -> code(null, code, "EA", "1")).hasMessageContaining("is no GTIN");
    }

    @Test
    void aBaseUnitIsOneOfItself() {
        assertThatThrownBy(() -> new CatalogueItem(
                        new ItemId("towels"), "Towels", "EA", List.of(code(new PartyId("acme"), "T", "EA", "12"))))
                .hasMessageContaining("so its pack is 1, not 12");
    }

    private static ItemCode code(PartyId party, String code, String unit, String pack) {
        return new ItemCode(party, code, unit, new BigDecimal(pack));
    }

    private static Packs packs(String quantity, String from, String to) {
        return Packs.of(new Quantity(new BigDecimal(quantity), "CA"), new BigDecimal(from), "BX", new BigDecimal(to));
    }
}
