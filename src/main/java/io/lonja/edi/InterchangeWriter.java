package io.lonja.edi;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes interchanges of both standards: envelopes, counts and trailers around the segments it is given. A pure function:
 * equal arguments make equal bytes. No character is replaced, cut or left out; what cannot stand there is an error with its
 * place.
 */
public final class InterchangeWriter {

    private static final DateTimeFormatter SHORT_DATE = utc("yyMMdd");
    private static final DateTimeFormatter LONG_DATE = utc("yyyyMMdd");
    private static final DateTimeFormatter TIME = utc("HHmm");
    private static final int ISA_ID_CHARACTERS = 15;
    private static final int GS_CODE_CHARACTERS = 15;
    private static final int EDIFACT_ID_CHARACTERS = 35;
    private static final int EDIFACT_REFERENCE_CHARACTERS = 14;

    private final OutboundInterchange interchange;
    private final OutboundSyntax syntax;
    private final SegmentText text;

    private InterchangeWriter(OutboundInterchange interchange) {
        this.interchange = interchange;
        this.syntax = interchange.syntax();
        this.text = new SegmentText(
                syntax, syntax.standard() == Standard.X12 ? FreeDelimiters.of(interchange) : syntax.delimiters());
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /**
     * The bytes as they go over the wire, without line breaks.
     *
     * @throws UnwritableException when a text has a character that the character set or the standard has not, a number
     *     of the envelope is not of its form, or every possible delimiter occurs in the data
     */
    public static byte[] write(OutboundInterchange interchange) {
        InterchangeWriter writer = new InterchangeWriter(interchange);
        writer.demand(!interchange.groups().isEmpty(), "An interchange has at least one group of transaction sets");
        if (interchange.syntax().standard() == Standard.X12) {
            writer.x12();
        } else {
            writer.edifact();
        }
        return writer.bytes();
    }

    private void x12() {
        String number = interchange.controlNumber();
        demand(
                Wire.digits(number, 1, 9) && Long.parseLong(number) > 0,
                "ISA13 is %s; it has one to nine digits",
                number);
        demand(Wire.digits(syntax.version(), 5, 5), "ISA12 is %s; it has five digits, such as 00401", syntax.version());
        String padded = String.format(Locale.ROOT, "%09d", Long.parseLong(number));
        String none = " ".repeat(10);
        Delimiters delimiters = text.delimiters();
        text.raw(
                "ISA",
                "00",
                none,
                "00",
                none,
                qualifier(interchange.sender()),
                padded(interchange.sender()),
                qualifier(interchange.receiver()),
                padded(interchange.receiver()),
                SHORT_DATE.format(interchange.at()),
                TIME.format(interchange.at()),
                delimiters.repetition() == 0 ? "U" : Character.toString(delimiters.repetition()),
                syntax.version(),
                padded,
                interchange.acknowledgmentRequested() ? "1" : "0",
                interchange.test() ? "T" : "P",
                Character.toString(delimiters.component()));
        interchange.groups().forEach(this::x12Group);
        text.segment("IEA", Integer.toString(interchange.groups().size()), padded);
    }

    private String qualifier(WireParty party) {
        demand(
                Wire.QUALIFIER.matcher(party.qualifier()).matches(),
                "%s has no qualifier of two letters or digits, as ISA05 and ISA07 want",
                party);
        return party.qualifier();
    }

    private String padded(WireParty party) {
        demand(
                !party.value().isBlank() && party.value().length() <= ISA_ID_CHARACTERS,
                "%s does not fit into ISA06 and ISA08, which have one to %d characters",
                party,
                ISA_ID_CHARACTERS);
        return String.format(Locale.ROOT, "%-15s", party.value());
    }

    private void x12Group(OutboundInterchange.Group group) {
        demand(
                Wire.QUALIFIER.matcher(group.identifier()).matches(),
                "GS01 is %s; it has two letters, such as PO",
                group.identifier());
        demand(
                Wire.digits(group.controlNumber(), 1, 9),
                "GS06 is %s; it has one to nine digits",
                group.controlNumber());
        demand(
                group.version().length() >= 6 && group.version().length() <= 12,
                "GS08 is %s; it has six to twelve characters, such as 004010",
                group.version());
        text.segment(
                "GS",
                group.identifier(),
                code(group.senderCode(), interchange.sender()),
                code(group.receiverCode(), interchange.receiver()),
                LONG_DATE.format(interchange.at()),
                TIME.format(interchange.at()),
                group.controlNumber(),
                "X",
                group.version());
        demand(!group.transactionSets().isEmpty(), "Group %s has no transaction sets", group.controlNumber());
        for (OutboundInterchange.TransactionSet set : group.transactionSets()) {
            demand(Wire.digits(set.type(), 3, 3), "ST01 is %s; it has three digits, such as 850", set.type());
            demand(
                    set.controlNumber().length() >= 4 && set.controlNumber().length() <= 9,
                    "ST02 is %s; it has four to nine characters",
                    set.controlNumber());
            text.begin(set.controlNumber());
            text.segment("ST", set.type(), set.controlNumber(), implementation(group.version()));
            segments(set);
            text.segment("SE", Integer.toString(text.position() + 1), set.controlNumber());
            text.end();
        }
        text.segment("GE", Integer.toString(group.transactionSets().size()), group.controlNumber());
    }

    /** ST03 repeats which implementation GS08 names, where it names one. */
    private static String implementation(String version) {
        return X12Versions.since5010(version) && !version.equals(X12Versions.release(version)) ? version : "";
    }

    private String code(String own, WireParty party) {
        String code = own.isEmpty() ? party.value() : own;
        demand(
                code.length() >= 2 && code.length() <= GS_CODE_CHARACTERS,
                "The application code %s does not fit into GS02 and GS03, which have two to %d characters",
                code,
                GS_CODE_CHARACTERS);
        return code;
    }

    private void edifact() {
        String number = reference(interchange.controlNumber(), "UNB 0020");
        if (syntax.serviceStringAdvice()) {
            text.serviceStringAdvice();
        }
        DateTimeFormatter date = syntax.version().equals("4") ? LONG_DATE : SHORT_DATE;
        text.segment(
                "UNB",
                List.of(syntax.identifier(), syntax.version()),
                party(interchange.sender()),
                party(interchange.receiver()),
                List.of(date.format(interchange.at()), TIME.format(interchange.at())),
                List.of(number),
                List.of(),
                List.of(),
                List.of(),
                List.of(interchange.acknowledgmentRequested() ? "1" : ""),
                List.of(),
                List.of(interchange.test() ? "1" : ""));
        int groups = 0;
        int messages = 0;
        for (OutboundInterchange.Group group : interchange.groups()) {
            boolean enveloped = !group.identifier().isEmpty();
            groups += enveloped ? 1 : 0;
            messages += group.transactionSets().size();
            edifactGroup(group, enveloped, date);
        }
        demand(
                groups == 0 || groups == interchange.groups().size(),
                "Groups with and without UNG cannot stand in one interchange");
        text.segment("UNZ", Integer.toString(groups == 0 ? messages : groups), number);
    }

    private static List<String> party(WireParty party) {
        return List.of(party.value(), party.qualifier());
    }

    private void edifactGroup(OutboundInterchange.Group group, boolean enveloped, DateTimeFormatter date) {
        List<String> version = Arrays.asList(group.version().split(":", -1));
        demand(
                version.size() >= 3 && version.size() <= 4,
                "The message version is %s; it has version, release and agency, such as D:96A:UN",
                group.version());
        if (enveloped) {
            text.segment(
                    "UNG",
                    List.of(group.identifier()),
                    groupParty(group.senderCode(), interchange.sender()),
                    groupParty(group.receiverCode(), interchange.receiver()),
                    List.of(date.format(interchange.at()), TIME.format(interchange.at())),
                    List.of(reference(group.controlNumber(), "UNG 0048")),
                    List.of(version.get(2)),
                    List.of(version.get(0), version.get(1)));
        }
        demand(!group.transactionSets().isEmpty(), "Group %s has no messages", group.controlNumber());
        for (OutboundInterchange.TransactionSet set : group.transactionSets()) {
            demand(
                    Wire.MESSAGE_TYPE.matcher(set.type()).matches(),
                    "UNH 0065 is %s; a message type has six capital letters, such as ORDERS",
                    set.type());
            String number = reference(set.controlNumber(), "UNH 0062");
            List<String> identifier = new ArrayList<>(List.of(set.type()));
            identifier.addAll(version);
            text.begin(number);
            text.segment("UNH", List.of(number), identifier);
            segments(set);
            text.segment("UNT", Integer.toString(text.position() + 1), number);
            text.end();
        }
        if (enveloped) {
            text.segment("UNE", Integer.toString(group.transactionSets().size()), group.controlNumber());
        }
    }

    private static List<String> groupParty(String own, WireParty party) {
        return own.isEmpty() ? party(party) : List.of(own);
    }

    private String reference(String reference, String name) {
        demand(
                !reference.isBlank() && reference.length() <= EDIFACT_REFERENCE_CHARACTERS,
                "%s is %s; it has one to %d characters",
                name,
                reference,
                EDIFACT_REFERENCE_CHARACTERS);
        return reference;
    }

    private void segments(OutboundInterchange.TransactionSet set) {
        demand(!set.segments().isEmpty(), "Transaction set %s has no segments", set.controlNumber());
        set.segments().forEach(text::segment);
    }

    private byte[] bytes() {
        if (syntax.standard() == Standard.EDIFACT) {
            demand(
                    interchange.sender().value().length() <= EDIFACT_ID_CHARACTERS
                            && interchange.receiver().value().length() <= EDIFACT_ID_CHARACTERS
                            && !interchange.sender().value().isBlank()
                            && !interchange.receiver().value().isBlank(),
                    "Sender %s and receiver %s have one to %d characters each",
                    interchange.sender(),
                    interchange.receiver(),
                    EDIFACT_ID_CHARACTERS);
        }
        try {
            ByteBuffer bytes = syntax.charset().newEncoder().encode(CharBuffer.wrap(text.text()));
            byte[] written = new byte[bytes.remaining()];
            bytes.get(written);
            return written;
        } catch (CharacterCodingException e) {
            // Every text was tried by itself before.
            throw new IllegalStateException("An interchange cannot be written in " + syntax.charset(), e);
        }
    }

    private void demand(boolean right, String sentence, Object... arguments) {
        if (!right) {
            throw new UnwritableException("", 0, "", 0, sentence.formatted(arguments));
        }
    }
}
