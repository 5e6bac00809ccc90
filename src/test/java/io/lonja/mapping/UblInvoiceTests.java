package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.Shipped;
import io.lonja.archive.CanonicalJson;
import io.lonja.document.BusinessDocument;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Treatment;
import io.lonja.edi.GuideId;
import io.lonja.edi.Guides;
import io.lonja.edi.Standard;
import io.lonja.edi.TransactionSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What invoices in UBL say, and what is said in UBL of others. */
class UblInvoiceTests {

    private static final Path SAMPLES = Path.of("schemas/ubl-2.1-invoice/samples");
    private static final GuideId UBL = new GuideId("ubl-2.1-invoice");
    private static final Mapping MAPPING = Shipped.mapping();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TaxInclusiveAmount currencyID=\"EUR\">607.81 | TaxInclusiveAmount currencyID=\"EUR\">617.81 | total-differs | Invoice/LegalMonetaryTotal/TaxInclusiveAmount",
                "PayableAmount currencyID=\"EUR\">607.81 | PayableAmount currencyID=\"EUR\">600.00 | due-differs | Invoice/LegalMonetaryTotal/PayableAmount",
                "TaxExclusiveAmount currencyID=\"EUR\">534.98 | TaxExclusiveAmount currencyID=\"EUR\">534.99 | net-total-differs | Invoice/LegalMonetaryTotal/TaxExclusiveAmount",
                "TaxAmount currencyID=\"EUR\">72.83 | TaxAmount currencyID=\"EUR\">72.84 | tax-total-differs | Invoice/TaxTotal[1]/TaxAmount",
                "LineExtensionAmount currencyID=\"EUR\">79.98 | LineExtensionAmount currencyID=\"EUR\">79.99 | line-net-differs | Invoice/InvoiceLine[2]/LineExtensionAmount",
                "TaxAmount currencyID=\"EUR\">16.80 | TaxAmount currencyID=\"EUR\">16.90 | tax-differs | Invoice/TaxTotal[1]/TaxSubtotal[3]",
                "TaxableAmount currencyID=\"EUR\">79.98 | TaxableAmount currencyID=\"EUR\">80.00 | tax-base-differs | Invoice/LegalMonetaryTotal/TaxInclusiveAmount"
            })
    void whatDoesNotAddUpIsHeldWithTheElementThatSaysIt(String said, String instead, String code, String place)
            throws IOException {
        Mapped mapped = map(sample("equivalence-surcharge").replace(said, instead));
        assertThat(mapped.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.segmentId()).isEqualTo(place);
            assertThat(problem.sentence()).startsWith(place + " says that");
        });
    }

    @ParameterizedTest
    @CsvSource({"Z, ZERO", "E, EXEMPT", "AE, REVERSE_CHARGE", "K, INTRA_COMMUNITY", "G, EXPORT", "O, OUTSIDE_SCOPE"})
    void theCategorySaysHowATaxIsTreated(String category, Treatment treatment) throws IOException {
        Mapped mapped =
                map(sample("intra-community").replace("<cbc:ID>K</cbc:ID>", "<cbc:ID>" + category + "</cbc:ID>"));
        assertThat(mapped.problems()).isEmpty();
        PricedDocument document = (PricedDocument) Objects.requireNonNull(mapped.content());
        assertThat(document.taxes().get(0).treatment()).isEqualTo(treatment);
        assertThat(document.lines().get(0).rates().get(0).treatment()).isEqualTo(treatment);
    }

    /** BT-111 is the tax once more, in the seller's own currency. */
    @Test
    void theTaxInAnotherCurrencyIsNoTotalOfThisOne() throws IOException {
        String twice = sample("equivalence-surcharge")
                .replace(
                        "  <cac:LegalMonetaryTotal>",
                        "  <cac:TaxTotal><cbc:TaxAmount currencyID=\"SEK\">812.11</cbc:TaxAmount></cac:TaxTotal>\n  <cac:LegalMonetaryTotal>")
                .replace(
                        "</cbc:DocumentCurrencyCode>",
                        "</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>");
        assertThat(map(twice).problems()).isEmpty();
    }

    @Test
    void aRoundedAmountThatIsDueAddsUp() throws IOException {
        String rounded = sample("equivalence-surcharge")
                .replace(
                        "    <cbc:PayableAmount currencyID=\"EUR\">607.81",
                        "    <cbc:PrepaidAmount currencyID=\"EUR\">100.00</cbc:PrepaidAmount><cbc:PayableRoundingAmount currencyID=\"EUR\">-0.01</cbc:PayableRoundingAmount><cbc:PayableAmount currencyID=\"EUR\">507.80");
        assertThat(map(rounded).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ES\"],\"codes\":{\"gln\":\"8412345100058\",\"tax-number\":\"ES25678901R\"} | \"Ronda\"],\"codes\":{\"gln\":\"8412345100058\"} | the guide cannot say the buyer without a country (BT-40, BT-55)",
                "\"name\":\"Ultramarinos Casa Lucía\" | \"addressee\":\"x\" | the guide cannot say the buyer without a name (BT-27, BT-44)",
                "\"description\":\"Paper napkins, pack of 50\" | \"note\":\"x\" | the guide cannot say the line 2 without the name of the item (BT-153)",
                "\"references\":{\"despatch-advice\" | \"references\":{\"qualifier-L1\":[\"B-1\"],\"despatch-advice\" | the guide cannot say the reference qualifier-L1",
                "\"dates\":{\"delivered\" | \"dates\":{\"qualifier-999\":\"2026-01-01\",\"delivered\" | the guide cannot say the date qualifier-999",
                "\"parties\":{ | \"parties\":{\"qualifier-ZZ\":{\"address\":[],\"codes\":{},\"name\":\"P\"}, | the guide cannot say the party qualifier-ZZ"
            })
    void whatEn16931CannotSayIsNamedBeforeItIsSent(String said, String instead, String sentence) throws IOException {
        String json = Files.readString(SAMPLES.resolve("equivalence-surcharge.expected.json"));
        assertThat(json).contains(said);
        BusinessDocument document = CanonicalJson.read(
                json.replace(said, instead)
                        .replace("\"addressee\":\"x\",", "")
                        .replace(",\"addressee\":\"x\"", "")
                        .replace("\"note\":\"x\",", "")
                        .getBytes(StandardCharsets.UTF_8),
                BusinessDocument.class);
        OutboundTemplate template = MAPPING.template(UBL).orElseThrow();
        assertThatThrownBy(() -> template.document(document, null, Map.of()))
                .isInstanceOf(UnwritableDocumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void textsAreEscapedAndComeBackAsTheyWere() throws IOException {
        String json = Files.readString(SAMPLES.resolve("equivalence-surcharge.expected.json"))
                .replace("Paper napkins, pack of 50", "A & B <c> ]]> 'd' “é” \uD83E\uDED2");
        BusinessDocument document = CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), BusinessDocument.class);
        byte[] xml = MAPPING.template(UBL).orElseThrow().document(document, null, Map.of());
        assertThat(new String(xml, StandardCharsets.UTF_8))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Invoice ")
                .contains("A &amp; B &lt;c&gt; ]]&gt;")
                .doesNotContain("\n\n");
        PricedDocument back = (PricedDocument) Objects.requireNonNull(
                map(new String(xml, StandardCharsets.UTF_8)).content());
        assertThat(back.lines().get(1).description()).isEqualTo("A & B <c> ]]> 'd' “é” \uD83E\uDED2");
    }

    @Test
    void anInvoicWithFullAddressesLeavesAsUbl() throws IOException {
        String json = Files.readString(
                        Path.of("schemas/edifact-d01b-invoic/samples/exempt-and-reverse-charge.expected.json"))
                .replaceFirst("\"netDue\"", "\"description\":\"30 días\",\"netDue\"");
        BusinessDocument document = CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), BusinessDocument.class);
        byte[] xml = MAPPING.template(UBL).orElseThrow().document(document, Standard.EDIFACT, Map.of());
        assertThat(new String(xml, StandardCharsets.UTF_8))
                .contains("  <cbc:Note>Party payer: (gln 8412345100034)</cbc:Note>\n");
        Mapped mapped = map(new String(xml, StandardCharsets.UTF_8));
        assertThat(mapped.problems()).extracting(MappingProblem::sentence).isEmpty();
        PricedDocument there = (PricedDocument) Objects.requireNonNull(mapped.content());
        assertThat(there.totals().payable()).hasToString("199.44 EUR");
        assertThat(there.lines()).extracting(line -> line.quantity().unit()).containsExactly("XCS", "KGM");
        assertThat(there.taxes().get(1).reason()).isEqualTo("Art. 84.Uno.2 Ley 37/1992");
    }

    @Test
    void lintKnowsThePlacesOfXml() throws IOException {
        assertThat(MappingFaults.in(Path.of("schemas"), Guides.load(Path.of("schemas"))))
                .isEmpty();
        var guide = Guides.load(Path.of("schemas")).findXml(UBL).orElseThrow();
        assertThat(Selector.parse("loop-InvoiceLine/loop-Item/Name/@e1")
                        .orElseThrow()
                        .fault(guide))
                .isEmpty();
        assertThat(Selector.parse("loop-InvoiceLine/Name/@e1").orElseThrow().fault(guide))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("matches no place of the guide ubl-2.1-invoice: Name stands at")
                        .contains("transaction-set/loop-InvoiceLine/loop-Item/Name"));
        assertThat(Selector.parse("loop-InvoiceLine/@e1").orElseThrow().fault(guide))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).endsWith("an element with elements has only @at, @in, @name."));
        assertThat(Selector.parse("PayableAmount/@e2").orElseThrow().fault(guide))
                .isPresent();
    }

    private static Mapped map(String xml) {
        List<TransactionSet> sets = SetText.sets(xml.getBytes(StandardCharsets.UTF_8));
        assertThat(sets).hasSize(1);
        assertThat(sets.get(0).verdict().errors()).isEmpty();
        return MAPPING.map(sets.get(0), new MappingContext(null));
    }

    private static String sample(String name) throws IOException {
        return Files.readString(SAMPLES.resolve(name + ".xml"));
    }
}
