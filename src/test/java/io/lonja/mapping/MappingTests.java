package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.document.Answer;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentType;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Line;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTests {

    private static final Mapping MAPPING = Shipped.mapping();
    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));

    private static final String ORDER = """
            BEG*00*SA*PO-1001**20261121~CUR*BY*USD~REF*DP*099~DTM*002*20261201~
            N1*BY*Acme Foods*1*123456789~N3*1 Main St*Dock 2~N4*Portland*OR*97201*US~N1*SE*Best Bakery*92*S-7~
            PO1*1*10*CA*12.50*PE*VN*A-100*UK*10036000291459~PID*F****Bread, sliced~PID*F****24 loaves~
            PO1*0002*3*EA*0.333*CA*VN*B-200*VP*B-201~
            CTT*2*13~AMT*TT*126.00~
            """;

    @Test
    void mapsAnOrder() {
        PricedDocument order = document(ORDER);

        assertThat(order.type()).isEqualTo(DocumentType.PURCHASE_ORDER);
        assertThat(order.title()).isEqualTo("purchase-order PO-1001 of 2026-11-21");
        assertThat(order.currency().getCurrencyCode()).isEqualTo("USD");
        assertThat(order.references()).containsEntry("department", List.of("099"));
        assertThat(order.dates().get("delivery-requested")).isEqualTo("2026-12-01");
        BusinessDocument.Party buyer = Objects.requireNonNull(order.parties().get("buyer"));
        assertThat(buyer.codes()).containsEntry("duns", "123456789");
        assertThat(buyer.address()).containsExactly("1 Main St", "Dock 2", "Portland OR 97201", "US");
        assertThat(order.lines()).extracting(Line::number).containsExactly("1", "0002");
        assertThat(order.lines().get(0).items())
                .containsEntry("supplier-item", "A-100")
                .containsEntry("gtin", "10036000291459");
        assertThat(order.lines().get(0).description()).isEqualTo("Bread, sliced 24 loaves");
        assertThat(order.lines().get(1).items())
                .containsEntry("supplier-item", "B-200")
                .containsEntry("supplier-item-2", "B-201");
        assertThat(order.lines().get(1).net()).hasToString("1.00 USD");
        assertThat(order.totals().payable()).hasToString("126.00 USD");
        assertThat(order.totals().stated())
                .containsEntry("payable", "126.00")
                .containsEntry("line-count", "2")
                .containsEntry("quantity-hash", "13");
    }

    @Test
    void pointsFromALineToItsBytesInThePayload() {
        byte[] payload = SetText.interchange(ORDER);
        Line line = document(ORDER).lines().get(0);

        String bytes =
                new String(payload, (int) line.wire().from(), (int) line.wire().length(), StandardCharsets.ISO_8859_1);

        assertThat(bytes).startsWith("PO1*1*10*CA").endsWith("PID*F****24 loaves~");
    }

    @Test
    void mapsAnInvoiceWithItsAllowancesChargesAndTaxes() {
        PricedDocument invoice = document("""
                BIG*20261201*004711*20261121*PO-1001***DI~REF*VR*77~N1*RI*Best Bakery*UL*8412345000013~
                ITD*01*3*2**10**30*****2% 10 days, net 30~
                IT1*1*10*CA*12.50**VN*A-100~SAC*A*C310***250*******02***Promotion~
                IT1*2*3*EA*0.333**VN*B-200~TXI*VA*0.07*7~
                TDS*14351~TXI*VA*12.95*10~SAC*C*D240***700~SAC*A*C310***1*3*1.2~SAC*A*F050***500*******01~CTT*2~
                """);

        assertThat(invoice.type()).isEqualTo(DocumentType.INVOICE);
        assertThat(invoice.references()).containsEntry("purchase-order", List.of("PO-1001"));
        assertThat(invoice.lines().get(0).net()).hasToString("122.50 EUR");
        assertThat(invoice.lines().get(0).adjustments().get(0).description()).isEqualTo("Promotion");
        assertThat(invoice.totals().lines()).hasToString("123.50 EUR");
        assertThat(invoice.adjustments())
                .extracting(Adjustment::signed)
                .map(Object::toString)
                .containsExactly("7.00 EUR", "-0.01 EUR");
        assertThat(invoice.totals().net()).hasToString("130.49 EUR");
        assertThat(invoice.totals().tax()).hasToString("13.02 EUR");
        assertThat(invoice.terms().get(0).netDays()).isEqualTo(30);
        assertThat(Objects.requireNonNull(invoice.parties().get("remit-to")).codes())
                .containsEntry("gln", "8412345000013");
    }

    @Test
    void mapsACreditMemoWithTheInvoiceItCredits() {
        PricedDocument credit = document("""
                BIG*20261205*CM-1*20261121*PO-1001***CR~REF*IV*004711~
                IT1*1*4*CA*12.50**VN*A-100~REF*IV*004711~TDS*5000~CTT*1~
                """);

        assertThat(credit.type()).isEqualTo(DocumentType.CREDIT_NOTE);
        assertThat(credit.references()).containsEntry("invoice", List.of("004711"));
        assertThat(credit.lines().get(0).references()).containsEntry("invoice", List.of("004711"));
        assertThat(credit.totals().payable()).hasToString("50.00 EUR");
    }

    @Test
    void readsACreditMemoWrittenInNegativeAmountsAsTheSame() {
        PricedDocument credit = document("BIG*20261205*CM-1*****CR~IT1*1*-4*CA*12.50**VN*A-100~TDS*-5000~CTT*1*-4~");

        assertThat(credit.lines().get(0).quantity().value()).isEqualTo("4");
        assertThat(credit.totals().payable()).hasToString("50.00 EUR");
        assertThat(credit.totals().stated()).containsEntry("payable", "-50.00");
    }

    @Test
    void aResponseConfirmsWhatItPromisesAndNotWhatIsBackordered() {
        PricedDocument response = document(
                "BAK*00*AC*PO-1*20261121~PO1*1*10*CA*12.50**VN*A~ACK*IQ*6*CA~ACK*DR*3*CA*067*20261202~ACK*IB*1*CA~");

        assertThat(response.answer()).isEqualTo(Answer.ACCEPTED_WITH_CHANGES);
        assertThat(response.lines().get(0).quantity().value()).isEqualTo("9");
        assertThat(response.lines().get(0).answer().ordered().value()).isEqualTo("10");
        assertThat(response.totals().payable()).hasToString("112.50 EUR");
        assertThat(response.number()).isEqualTo("PO-1");
        assertThat(response.date()).isEqualTo("2026-11-21");
    }

    @ParameterizedTest
    @CsvSource({"RJ, IA, 0", "RO, IQ, 0", "AC, IB, 0", "AC, IH, 0", "AC, IR, 0", "AC, IP, 4", "AD, IA, 4", "AC, IS, 4"})
    void whatIsRejectedAsAWholeIsNotConfirmedWhateverTheLineSays(String whole, String status, String confirmed) {
        PricedDocument response =
                document("BAK*00*%s*PO-1*20261121~PO1*1*4*CA*12.50**VN*A~ACK*%s*4*CA~".formatted(whole, status));

        assertThat(response.lines().get(0).quantity().value()).isEqualTo(confirmed);
    }

    @Test
    void whoRepeatsTheDestinationsOfTheOrderDoesNotSplitWhatItConfirms() {
        PricedDocument response =
                document("BAK*00*AC*PO-1*20261121~PO1*1*4*CA*12.50**VN*A~SDQ*CA*92*L1*1*L2*3~ACK*IQ*2*CA~");

        assertThat(response.lines().get(0).split()).isEmpty();
        assertThat(response.lines().get(0).quantity().value()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({
        "1,    0.004,  EUR, 0.00",
        "1,    0.005,  EUR, 0.01",
        "3,    0.335,  EUR, 1.01",
        "7,    1.435,  EUR, 10.05",
        "2.5,  1.01,   EUR, 2.53",
        "3,    0.5,    JPY, 2",
        "1,    0.0005, KWD, 0.001",
        "1000, .0145,  EUR, 14.50",
    })
    void roundsALineHalfUpToTheMinorUnit(String quantity, String price, String currency, String net) {
        PricedDocument order =
                document("BEG*00*SA*1**20261121~CUR*BY*%s~PO1*1*%s*EA*%s**VN*A~".formatted(currency, quantity, price));

        assertThat(order.lines().get(0).net()).hasToString(net + " " + currency);
    }

    @ParameterizedTest
    @CsvSource({"PE, 12.5", "HP, 0.125", "TP, 0.0125"})
    void dividesAPricePerHundredOrThousandExactly(String basis, String unitPrice) {
        assertThat(document("BEG*00*SA*1**20261121~PO1*1*1*EA*12.5*%s*VN*A~".formatted(basis))
                        .lines()
                        .get(0)
                        .unitPrice())
                .isEqualByComparingTo(unitPrice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "total-differs         | TDS | 6 | 49.99 | 50.00 | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~IT1*2*0*CA*1**VN*B~REF*IV*1~TDS*4999~",
                "line-count-differs    | CTT | 5 | 2     | 1     | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~TDS*5000~CTT*2~",
                "quantity-hash-differs | CTT | 5 | 5     | 4     | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~TDS*5000~CTT*1*5~",
                "line-net-differs      | PAM | 4 | 49.00 | 50.00 | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~PAM****1*49~TDS*5000~",
                "split-differs         | SDQ | 4 | 5     | 4     | BEG*00*SA*1**20261121~PO1*1*4*CA*12.50**VN*A~SDQ*CA*92*L1*2~SDQ*CA*92*L2*3~",
                "split-differs         | SDQ | 4 | 3     | 4     | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~SDQ*CA*92*L1*3~TDS*5000~",
                "split-differs         | SDQ | 4 | 3     | 2     | BAK*00*AC*1*20261121~PO1*1*4*CA*12.50**VN*A~SDQ*CA*92*L1*3~ACK*IQ*2*CA~",
                "total-differs         | AMT | 5 | 40.00 | 50.00 | BEG*00*SA*1**20261121~PO1*1*4*CA*12.50**VN*A~CTT*1~AMT*TT*40.00~",
            })
    void saysWhereWhatIsStatedDiffersFromWhatItComesTo(
            String code, String segmentId, int position, String stated, String computed, String segments) {
        TransactionSet set = SetText.set(segments);
        Mapped mapped = MAPPING.map(set, EUR);

        assertThat(mapped.content()).isNotNull();
        MappingProblem problem = mapped.problems().stream()
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError(set.verdict() + " " + mapped.problems()));
        assertThat(problem.segmentId()).isEqualTo(segmentId);
        assertThat(problem.segment()).isEqualTo(position);
        assertThat(problem.stated()).isEqualTo(stated);
        assertThat(problem.computed()).isEqualTo(computed);
        assertThat(problem.sentence()).contains(segmentId, stated, computed).endsWith(".");
        assertThat(new String(
                        SetText.interchange(segments),
                        (int) problem.bytes().from(),
                        (int) problem.bytes().length(),
                        StandardCharsets.ISO_8859_1))
                .startsWith(segmentId + "*")
                .endsWith("~");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "split-unit-differs      | BEG*00*SA*1**20261121~PO1*1*4*CA*12.50**VN*A~SDQ*EA*92*L1*4~",
                "split-negative          | BEG*00*SA*1**20261121~PO1*1*4*CA*12.50**VN*A~SDQ*CA*92*L1*-1*L2*5~",
                "answer-unknown          | BAK*00*AH*1*20261121~",
                "purpose-not-original    | BAK*04*AC*1*20261121~PO1*1*4*CA*12.50**VN*A~",
                "status-unknown          | BAK*00*AC*1*20261121~PO1*1*4*CA*12.50**VN*A~ACK*ZZ*4*CA~",
                "answer-quantity-missing | BAK*00*AC*1*20261121~PO1*1*4*CA*12.50**VN*A~ACK*IQ*2*CA~ACK*IB~",
                "answer-unit-differs     | BAK*00*AC*1*20261121~PO1*1*4*CA*12.50**VN*A~ACK*IQ*24*EA~",
                "quantity-negative       | BAK*00*AC*1*20261121~PO1*1*4*CA*12.50**VN*A~ACK*IQ*-4*CA~",
                "currency-invalid        | BEG*00*SA*1**20261121~CUR*BY*XXX~PO1*1*4*CA*12.50**VN*A~",
                "purpose-not-original    | BEG*01*SA*1**20261121~PO1*1*4*CA*12.50**VN*A~",
                "price-missing           | BEG*00*SA*1**20261121~PO1*1*4*CA***VN*A~",
                "price-basis-unknown     | BEG*00*SA*1**20261121~PO1*1*4*CA*1*PP*VN*A~",
                "quantity-negative       | BEG*00*SA*1**20261121~PO1*1*-4*CA*1**VN*A~",
                "amount-too-large        | BEG*00*SA*1**20261121~PO1*1*999999999*CA*99999999999999999**VN*A~",
                "amount-too-large        | BEG*00*SA*1**20261121~PO1*1*1*CA*10000000000001**VN*A~",
                "line-net-negative       | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~SAC*A*C310***9900~TDS*5000~",
                "total-negative          | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~TDS*5000~SAC*A*C310***9900~SAC*C*D240***9900~",
                "type-unknown            | BIG*20261201*1*****ME~IT1*1*4*CA*12.50**VN*A~TDS*5000~",
                "adjustment-amount-missing | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~TDS*5000~SAC*A*C310~",
                "amount-negative         | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~TDS*5000~SAC*A*C310***-100~",
                "tax-relation-unknown    | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~TDS*5000~TXI*VA*1*****I~",
                "total-negative          | BIG*20261201*1~IT1*1*4*CA*12.50**VN*A~TDS*5000~SAC*A*C310***9900~",
            })
    void holdsWhatCannotBeBookedAndSaysWhy(String code, String segments) {
        Mapped mapped = MAPPING.map(SetText.set(segments), EUR);

        assertThat(mapped.problems()).extracting(MappingProblem::code).contains(code);
        assertThat(mapped.problems())
                .extracting(MappingProblem::sentence)
                .allSatisfy(
                        sentence -> assertThat(sentence).doesNotContain("null").endsWith("."));
    }

    @Test
    void guessesNoCurrency() {
        Mapped mapped =
                MAPPING.map(SetText.set("BEG*00*SA*1**20261121~PO1*1*4*CA*12.50**VN*A~"), new MappingContext(null));

        assertThat(mapped.content()).isNull();
        assertThat(mapped.problems()).extracting(MappingProblem::code).containsExactly("currency-missing");
    }

    private static PricedDocument document(String segments) {
        TransactionSet set = SetText.set(segments);
        assertThat(set.verdict()).isInstanceOf(Verdict.Accepted.class);
        Mapped mapped = MAPPING.map(set, EUR);
        assertThat(mapped.problems()).isEmpty();
        return (PricedDocument) Objects.requireNonNull(mapped.content());
    }
}
