package io.lonja.edi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes 997, 999 and TA1: back to the sender, with its delimiters as far as they are harmless, in 005010 where the sender
 * is as far and in 004010 where not.
 */
final class X12Acknowledgments implements AcknowledgmentWriter {

    private static final DateTimeFormatter SHORT_DATE = utc("yyMMdd");
    private static final DateTimeFormatter DATE = utc("yyyyMMdd");
    private static final DateTimeFormatter TIME = utc("HHmm");
    private static final String INTERCHANGE_VERSION = "00401";
    private static final String LATER_INTERCHANGE_VERSION = "00501";
    private static final int ID_CHARACTERS = 15;

    /** Addressee of an answer to an envelope without a sender; the channel knows whom it goes to. */
    private static final String NAMELESS = "UNKNOWN";

    private static final long CONTROL_NUMBERS = 1_000_000_000L;
    private static final long FURTHER_GROUPS = 100_000_000L;

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    @Override
    public Optional<byte[]> functional(
            Interchange of, FunctionalAcknowledgment agreed, long controlNumber, Instant at) {
        Map<Address, List<FunctionalGroup>> byAddress = new LinkedHashMap<>();
        for (FunctionalGroup group : of.groups()) {
            if (!group.acknowledgment()) {
                Address back = new Address(group.receiverCode(), group.senderCode(), AnswerForm.of(group, agreed));
                byAddress.computeIfAbsent(back, key -> new ArrayList<>()).add(group);
            }
        }
        if (of.refused() || byAddress.isEmpty()) {
            return Optional.empty();
        }
        boolean later = byAddress.keySet().stream()
                .anyMatch(address -> X12Versions.since5010(address.form().version()));
        AcknowledgmentSegments out = new AcknowledgmentSegments(
                of.delimiters(), later ? LATER_INTERCHANGE_VERSION : interchangeVersion(of.envelope()));
        header(out, of, controlNumber, at);
        long groupNumber = controlNumber;
        for (Map.Entry<Address, List<FunctionalGroup>> addressed : byAddress.entrySet()) {
            Address address = addressed.getKey();
            out.segment(
                    "GS",
                    "FA",
                    out.clean(address.from(), ID_CHARACTERS),
                    out.clean(address.to(), ID_CHARACTERS),
                    DATE.format(at),
                    TIME.format(at),
                    Long.toString(groupNumber),
                    "X",
                    address.form().version());
            int sets = 0;
            for (FunctionalGroup group : addressed.getValue()) {
                sets++;
                new X12GroupAnswer(out, address.form()).write(group, String.format(Locale.ROOT, "%04d", sets));
            }
            out.segment("GE", Integer.toString(sets), Long.toString(groupNumber));
            // One number is given per interchange; its further groups take theirs far from the next interchanges'.
            groupNumber = (groupNumber + FURTHER_GROUPS - 1) % (CONTROL_NUMBERS - 1) + 1;
        }
        out.segment("IEA", Integer.toString(byAddress.size()), String.format(Locale.ROOT, "%09d", controlNumber));
        return Optional.of(out.bytes());
    }

    @Override
    public byte[] interchange(Interchange of, String noteCode, long controlNumber, Instant at) {
        Envelope envelope = of.envelope();
        AcknowledgmentSegments out = new AcknowledgmentSegments(of.delimiters(), interchangeVersion(envelope));
        header(out, of, controlNumber, at);
        String number = Wire.digits(envelope.controlNumber().strip(), 1, 9)
                ? String.format(
                        Locale.ROOT,
                        "%09d",
                        Integer.parseInt(envelope.controlNumber().strip()))
                : "000000000";
        out.segment(
                "TA1",
                number,
                Wire.digits(envelope.date(), 6, 6) ? envelope.date() : SHORT_DATE.format(at),
                Wire.digits(envelope.time(), 4, 4) ? envelope.time() : TIME.format(at),
                noted(of, noteCode),
                noteCode);
        out.segment("IEA", "0", String.format(Locale.ROOT, "%09d", controlNumber));
        return out.bytes();
    }

    /** ISA12 of what says something about the envelope. */
    private static String interchangeVersion(Envelope received) {
        boolean later =
                Wire.digits(received.version(), 5, 5) && received.version().compareTo(LATER_INTERCHANGE_VERSION) >= 0;
        return later ? LATER_INTERCHANGE_VERSION : INTERCHANGE_VERSION;
    }

    /** TA104: accepted, accepted with errors that the note names, or rejected. */
    private static String noted(Interchange of, String noteCode) {
        if (noteCode.equals(Interchange.NOTE_RECEIVED)) {
            return "A";
        }
        boolean leniency = !of.refused()
                && of.errors().stream()
                        .anyMatch(error -> error.code().noteCode().equals(noteCode));
        return leniency ? "E" : "R";
    }

    private void header(AcknowledgmentSegments out, Interchange of, long controlNumber, Instant at) {
        if (controlNumber < 1 || controlNumber >= CONTROL_NUMBERS) {
            throw new IllegalArgumentException("Not an interchange control number: " + controlNumber);
        }
        Envelope envelope = of.envelope();
        out.isa(
                party(out, envelope.receiver()),
                party(out, envelope.sender()),
                SHORT_DATE.format(at),
                TIME.format(at),
                String.format(Locale.ROOT, "%09d", controlNumber),
                envelope.test() ? "T" : "P");
    }

    private static List<String> party(AcknowledgmentSegments out, WireParty party) {
        String qualifier = party.qualifier().matches("[A-Z0-9]{2}") ? party.qualifier() : "ZZ";
        String id = out.clean(party.value(), ID_CHARACTERS);
        return List.of(qualifier, String.format(Locale.ROOT, "%-15s", id.isEmpty() ? NAMELESS : id));
    }

    /** GS02 and GS03 of the answer, and how it is written. */
    private record Address(String from, String to, AnswerForm form) {}
}
