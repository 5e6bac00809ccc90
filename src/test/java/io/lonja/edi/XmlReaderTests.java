package io.lonja.edi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.ByteRange;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTests {

    private static final Path SAMPLES = Path.of("schemas/ubl-2.1-invoice/samples");
    private static final String INVOICE =
            new String(EdiFixture.bytes(SAMPLES.resolve("equivalence-surcharge.xml")), UTF_8);
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    @Test
    void aDocumentIsOneTransactionSetOfAnInterchangeWithoutEnvelope() {
        Reading reading = read(INVOICE);
        assertThat(reading.errors()).isEmpty();
        Interchange interchange = reading.interchanges().get(0);
        assertThat(interchange.envelope().standard()).isEqualTo(Standard.UBL);
        assertThat(interchange.envelope().controlNumber()).isEqualTo("OS-7001");
        assertThat(interchange.envelope().receiver()).hasToString("0088/8412345100058");
        TransactionSet set = EdiFixture.firstSet(reading);
        assertThat(set.type()).isEqualTo("Invoice");
        assertThat(set.guide()).hasToString("ubl-2.1-invoice");
        assertThat(set.verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(cut(INVOICE.getBytes(UTF_8), set.bytes(), UTF_8))
                .startsWith("<Invoice ")
                .endsWith("</Invoice>");
    }

    /** Characters of one, two, three and four bytes stand before the lines. */
    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-8, ''",
        "UTF-8, UTF-8, EFBBBF",
        "UTF-8, utf-8, ''",
        "UTF-16BE, UTF-16, FEFF",
        "UTF-16LE, UTF-16, FFFE",
        "UTF-16BE, UTF-16BE, ''",
        "UTF-16LE, UTF-16LE, ''",
        "ISO-8859-1, ISO-8859-1, ''",
        "ISO-8859-15, ISO-8859-15, ''",
        "windows-1252, windows-1252, ''"
    })
    void theBytesOfALineAreItsElementInEveryCharacterSet(Charset charset, String declared, String mark) {
        String note = charset.name().startsWith("UTF")
                ? "\u00e1 \u20ac \uD83E\uDED2 <!-- <cbc:Note> --> <![CDATA[<x>]]>"
                : "\u00e1 <!-- > -->";
        String text = INVOICE.replace("encoding=\"UTF-8\"", "encoding=\"%s\"".formatted(declared))
                .replace("Factura sujeta", note)
                .replace("<cac:Price>", "<cac:Price a='>' b=\"/>\">");
        byte[] bytes = bytes(mark, text, charset);
        TransactionSet set = EdiFixture.firstSet(EdiFixture.PARSER.parse(bytes));
        assertThat(set.verdict().errors()).isEmpty();
        List<Segment> lines = set.content()
                .segments()
                .filter(segment -> segment.id().matches("Invoice/InvoiceLine\\[\\d]"))
                .toList();
        assertThat(lines).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(cut(bytes, lines.get(i).bytes(), charset))
                    .startsWith("<cac:InvoiceLine>")
                    .contains("<cbc:ID>%d</cbc:ID>".formatted(i + 1))
                    .endsWith("</cac:InvoiceLine>")
                    .hasSize(text.indexOf("</cac:InvoiceLine>", text.indexOf("<cbc:ID>" + (i + 1) + "</cbc:ID>"))
                            + "</cac:InvoiceLine>".length()
                            - text.lastIndexOf("<cac:InvoiceLine>", text.indexOf("<cbc:ID>" + (i + 1) + "</cbc:ID>")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Invoice SYSTEM \"http://127.0.0.1:1/x.dtd\">",
                "<!DOCTYPE Invoice [<!ENTITY who SYSTEM \"file:///etc/passwd\">]>",
                "<!-- first --><!DOCTYPE Invoice>",
                "<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>",
                "<!DOCTYPE Invoice [<!ENTITY % all SYSTEM \"http://127.0.0.1:1/all\"> %all;]>",
                "<!doctype Invoice>"
            })
    void aDocumentTypeIsRefusedBeforeAnythingIsResolved(String type) {
        Reading reading = read(INVOICE.replace(DECLARATION, DECLARATION + type).replace("Factura", "&who;"));
        assertThat(reading.interchanges()).isEmpty();
        assertThat(reading.errors())
                .extracting(SyntaxError::sentence)
                .containsExactly(
                        "The document has a document type (DOCTYPE), which is not read, whatever it says; send the document without it.");
    }

    @ParameterizedTest
    @CsvSource({"&who;,&who;", "&lol9;,&lol9;", "R&D,&"})
    void anEntityThatIsNotXmlsOwnIsRefused(String text, String found) {
        for (String where : List.of("Factura", "380</cbc:InvoiceTypeCode>")) {
            assertThat(read(INVOICE.replace(where, text + where)).errors())
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.code()).isIn(ErrorCode.XML_ENTITY_REFUSED, ErrorCode.XML_NOT_WELL_FORMED);
                        if (error.code() == ErrorCode.XML_ENTITY_REFUSED) {
                            assertThat(error.found()).isEqualTo(found);
                        }
                    });
        }
        assertThat(errors(INVOICE.replace("Factura", "A &amp; B &#x20AC; &lt;c&gt; &quot;&apos;")))
                .isEmpty();
    }

    @Test
    void whatXIncludeWouldReadIsAnElementLikeAnyOther() {
        String including = INVOICE.replace(
                "  <cac:OrderReference>",
                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/><cac:OrderReference>");
        assertThat(errors(including)).isEmpty();
        assertThat(EdiFixture.firstSet(read(including)).content().segments())
                .noneMatch(segment -> segment.element(1).contains("root:"));
    }

    @Test
    void whatIsNotWellFormedIsToldWithLineColumnAndByte() {
        Reading reading = EdiFixture.PARSER.parse(EdiFixture.bytes(SAMPLES.resolve("not-well-formed.xml")));
        assertThat(reading.interchanges()).isEmpty();
        assertThat(reading.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.sentence())
                        .startsWith("This is not well-formed XML: in line 14, column 5: The element type")
                        .doesNotContain("\n", "Exception", "ParseError"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<?xml",
                "<Invoice",
                "<Invoice/><Invoice/>",
                "<Invoice a='1' a='2'/>",
                "<a><b></a></b>",
                "<a>]]>\u0001</a>",
                "<a:b/>",
                "<!-- -- --><a/>",
                "<a/>text"
            })
    void whatIsNotXmlIsNeverMoreThanASentence(String text) {
        Reading reading = read(text);
        assertThat(reading.interchanges()).isEmpty();
        assertThat(reading.errors()).hasSize(1);
        assertThat(reading.errors().get(0).sentence()).doesNotContain("Exception");
    }

    @Test
    void anythingCutOffOrChangedIsReadOrRefusedButNeverThrown() {
        Random random = new Random(20261128);
        byte[] invoice = INVOICE.getBytes(UTF_8);
        for (int i = 0; i < 3_000; i++) {
            byte[] changed =
                    Arrays.copyOf(invoice, random.nextInt(4) == 0 ? random.nextInt(invoice.length) : invoice.length);
            for (int change = random.nextInt(3); change >= 0 && changed.length > 0; change--) {
                changed[random.nextInt(changed.length)] =
                        (byte) "<>&\"'/= [!-?;x\u0000\u00ff".charAt(random.nextInt(16));
            }
            Reading reading = EdiFixture.PARSER.parse(changed);
            assertThat(reading.interchanges().size() + reading.errors().size())
                    .as("change %d", i)
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-7, UTF-8", "EBCDIC-CP-US, UTF-8", "UTF-16, UTF-8", "ISO-8859-1, UTF-16LE"})
    void aCharacterSetThatIsNotReadOrNotThereIsASentence(String declared, Charset charset) {
        String text = INVOICE.replace("encoding=\"UTF-8\"", "encoding=\"%s\"".formatted(declared));
        assertThat(EdiFixture.PARSER.parse(text.getBytes(charset)).errors())
                .extracting(SyntaxError::sentence)
                .containsExactly(
                        "The document declares the character set \"%s\", which its bytes are not or which is not read; send it in UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 or windows-1252, and declare that one."
                                .formatted(declared));
    }

    @Test
    void aByteThatIsNoCharacterIsToldWhereItStands() {
        byte[] latin = INVOICE.getBytes(ISO_8859_1);
        assertThat(EdiFixture.PARSER.parse(latin).errors()).singleElement().satisfies(error -> {
            assertThat(error.sentence()).contains("is no part of a character in UTF-8");
            assertThat(latin[(int) error.bytes().from()] & 0xFF).isGreaterThan(0x7F);
        });
    }

    @Test
    void depthAndNumberOfElementsAreLimited() {
        String deep = INVOICE.replace(
                "  <cac:OrderReference>", "<x>".repeat(50) + "</x>".repeat(50) + "<cac:OrderReference>");
        assertThat(read(deep).errors())
                .extracting(SyntaxError::sentence)
                .containsExactly(
                        "The document has more than 40 elements in each other; send it in several, or leave out what is no part of the invoice.");
        String many = INVOICE.replace(
                "  <cac:OrderReference>", "<x/>".repeat(XmlLimits.ELEMENTS_MAX) + "<cac:OrderReference>");
        assertThat(read(many).errors())
                .extracting(SyntaxError::sentence)
                .containsExactly(
                        "The document has more than 300000 elements; send it in several, or leave out what is no part of the invoice.");
        byte[] large = bytes("", INVOICE + " ".repeat(XmlLimits.BYTES_MAX), UTF_8);
        assertThat(EdiFixture.PARSER.parse(large).errors())
                .extracting(SyntaxError::code)
                .containsExactly(ErrorCode.XML_TOO_LARGE);
        CollectedReading streamed = new CollectedReading();
        EdiFixture.PARSER.parse(new ByteArrayInputStream(large), streamed);
        assertThat(streamed.reading().errors()).extracting(SyntaxError::code).containsExactly(ErrorCode.XML_TOO_LARGE);
    }

    @Test
    @Timeout(60)
    void aLongDocumentWithManyElementsIsReadInOnePass() {
        String many = INVOICE.replace(
                "  <cac:OrderReference>",
                "<x>&#233;</x>".repeat(XmlLimits.ELEMENTS_MAX - 500) + "<cac:OrderReference>");
        assertThat(errors(many)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<cbc:ID>OS-7001</cbc:ID> | '' | Invoice/ID (BT-1, number) is missing; send it.",
                "<cbc:ID>OS-7001</cbc:ID> | <cbc:ID> </cbc:ID> | Invoice/ID (BT-1, number) is empty; send it with what it should say.",
                "2026-03-31 | 2026-02-30 | Invoice/IssueDate (BT-2, issue date) is \"2026-02-30\": it is a date such as 2026-11-21.",
                ">455.00</cbc:LineExtensionAmount> | >455,00</cbc:LineExtensionAmount> | Invoice/InvoiceLine[1]/LineExtensionAmount (BT-131, line amount) is \"455,00\": it is a decimal number with a point, such as 1234.50.",
                ">380< | >384< | Invoice/InvoiceTypeCode (BT-3, kind of invoice) has the code \"384\", which the guide does not read; use one of 380, 389.",
                "' unitCode=\"H87\"' | '' | Invoice/InvoiceLine[2]/InvoicedQuantity (BT-129, quantity) does not say its unitCode; send it.",
                "<cbc:DueDate>2026-04-30</cbc:DueDate> | <cbc:DueDate>2026-04-30</cbc:DueDate><cbc:DueDate>2026-05-30</cbc:DueDate> | Invoice/DueDate (BT-9, due date) comes once more than the one time that the guide allows; leave out what is too much.",
                "' unitCode=\"H87\"' | ' unitCode=\"A-UNIT-OF-OUR-OWN-NAMED-SO\"' | Invoice/InvoiceLine[2]/InvoicedQuantity (BT-129, quantity) is \"A-UNIT-OF-OUR-OWN-NAMED-SO\": it is at most 20 characters long.",
                "OS-7001 | OS-7001-and-more-than-any-number-of-an-invoice-has-a-place-for-anywhere | Invoice/ID (BT-1, number) is \"OS-7001-and-more-than-any-number-of-an-invoice-has-a-place-for-anywhere\": it is at most 64 characters long.",
                "<cbc:ID>S</cbc:ID> | <cbc:ID>XX</cbc:ID> | Invoice/InvoiceLine[1]/Item/ClassifiedTaxCategory[1]/ID (tax category) has the code \"XX\", which the guide does not read; use one of S, Z, E, AE, K, G, O, L, M."
            })
    void whatTheCoreAsksForIsToldByItsPath(String what, String instead, String sentence) {
        assertThat(errors(INVOICE.replace(what, instead))).contains(sentence);
        assertThat(EdiFixture.firstSet(read(INVOICE.replace(what, instead))).verdict())
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void anElementOutOfTheSchemasOrderIsReadAndTold() {
        String due = "  <cbc:DueDate>2026-04-30</cbc:DueDate>\n";
        Reading reading =
                read(INVOICE.replace(due, "").replace("  <cac:OrderReference>", due + "  <cac:OrderReference>"));
        assertThat(EdiFixture.firstSet(reading).verdict()).isInstanceOf(Verdict.AcceptedWithErrors.class);
        assertThat(EdiFixture.firstSet(reading).verdict().errors())
                .extracting(SyntaxError::sentence)
                .containsExactly(
                        "Invoice/DueDate (BT-9, due date) comes after DocumentCurrencyCode, before which the schema has it; it was read all the same: send the elements in the order of the schema.");
    }

    @Test
    void whatTheGuideDoesNotKnowIsPassedOver() {
        String more = INVOICE.replace("<Invoice ", "<Invoice xmlns:ext=\"urn:x\" ")
                .replace(
                        "  <cbc:CustomizationID>",
                        "<ext:UBLExtensions><ext:UBLExtension><cbc:ID>9</cbc:ID></ext:UBLExtension></ext:UBLExtensions><cbc:CustomizationID>");
        TransactionSet set = EdiFixture.firstSet(read(more));
        assertThat(set.verdict().errors()).isEmpty();
        assertThat(set.controlNumber()).isEqualTo("OS-7001");
    }

    @Test
    void anotherDocumentIsNotReadAndSaysWhichAre() {
        assertThat(EdiFixture.PARSER
                        .parse(EdiFixture.bytes(SAMPLES.resolve("another-document.xml")))
                        .errors())
                .extracting(SyntaxError::sentence)
                .containsExactly(
                        "The document \"{urn:oasis:names:specification:ubl:schema:xsd:Order-2}Order\" is not read here; send one of Invoice, CreditNote.");
    }

    @Test
    void ediIsStillEdi() {
        assertThat(XmlReader.begins("<ISA".getBytes(UTF_8), 4)).isTrue();
        assertThat(XmlReader.begins("ISA*<".getBytes(UTF_8), 5)).isFalse();
        assertThat(XmlReader.begins("< ISA".getBytes(UTF_8), 5)).isFalse();
        assertThat(XmlReader.begins(" \r\n<?xml".getBytes(UTF_16LE), 16)).isTrue();
        assertThat(XmlReader.begins("<a/>".getBytes(UTF_16BE), 8)).isTrue();
        assertThat(XmlReader.begins(new byte[0], 0)).isFalse();
    }

    @Test
    void theTreeShowsEachElementUnderItsPath() {
        StringWriter tree = new StringWriter();
        Inspection.of("x", INVOICE.replace(">380<", ">383<").getBytes(UTF_8), EdiFixture.PARSER)
                .tree(EdiFixture.GUIDES, new PrintWriter(tree));
        assertThat(tree.toString())
                .contains(
                        "Invoice OS-7001 by the guide ubl-2.1-invoice: refused",
                        "        Invoice/IssueDate: 2026-03-31",
                        "        Invoice/InvoiceLine[1]/InvoicedQuantity: 10 (XCS)",
                        "          ! Invoice/InvoiceTypeCode (BT-3, kind of invoice) has the code \"383\"");
    }

    @Test
    void nobodyAcknowledgesIt() {
        Inspection inspection =
                Inspection.of("x", EdiFixture.bytes(SAMPLES.resolve("debit-note.xml")), EdiFixture.PARSER);
        assertThat(inspection.exitCode()).isEqualTo(Inspection.REFUSED);
        assertThat(inspection.acknowledgments(EdiFixture.WRITER, 1, EdiFixture.AT))
                .isEmpty();
    }

    private static Reading read(String text) {
        return EdiFixture.PARSER.parse(text.getBytes(UTF_8));
    }

    private static List<String> errors(String text) {
        return EdiFixture.firstSet(read(text)).verdict().errors().stream()
                .map(SyntaxError::sentence)
                .toList();
    }

    private static byte[] bytes(String mark, String text, Charset charset) {
        byte[] body = text.getBytes(charset);
        byte[] all = new byte[mark.length() / 2 + body.length];
        for (int i = 0; i < mark.length(); i += 2) {
            all[i / 2] = (byte) Integer.parseInt(mark, i, i + 2, 16);
        }
        System.arraycopy(body, 0, all, mark.length() / 2, body.length);
        return all;
    }

    private static String cut(byte[] payload, ByteRange range, Charset charset) {
        return new String(payload, (int) range.from(), (int) (range.to() - range.from()), charset);
    }
}
