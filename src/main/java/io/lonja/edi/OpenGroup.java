package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.List;

/** A functional group that is being read. */
final class OpenGroup {

    private final Standard standard;
    private final String identifier;
    private final WireParty sender;
    private final WireParty receiver;
    private final String controlNumber;
    private final String version;
    private final long from;
    private final Findings findings;
    private final TakenNumbers setNumbers = new TakenNumbers();
    private int sets;

    OpenGroup(
            Standard standard,
            String identifier,
            WireParty sender,
            WireParty receiver,
            String controlNumber,
            String version,
            long from,
            Findings findings) {
        this.standard = standard;
        this.identifier = identifier;
        this.sender = sender;
        this.receiver = receiver;
        this.controlNumber = controlNumber;
        this.version = version;
        this.from = from;
        this.findings = findings;
    }

    String identifier() {
        return identifier;
    }

    /** Whether a header opened it, so that a trailer has to close it. */
    boolean hasHeader() {
        return standard == Standard.X12 || !identifier.isEmpty();
    }

    String controlNumber() {
        return controlNumber;
    }

    String version() {
        return version;
    }

    long from() {
        return from;
    }

    void add(SyntaxError error) {
        findings.add(error);
    }

    void countSet() {
        sets++;
    }

    int sets() {
        return sets;
    }

    /** Whether no other transaction set of the group has this number. */
    boolean takeNumber(String number) {
        return setNumbers.take(number);
    }

    /** As its header says it. */
    FunctionalGroup begun() {
        return read("", from);
    }

    FunctionalGroup close(String declared, long to) {
        return read(declared, to);
    }

    private FunctionalGroup read(String declared, long to) {
        return new FunctionalGroup(
                identifier,
                sender.value(),
                receiver.value(),
                controlNumber,
                version,
                declared,
                List.of(),
                findings.list(),
                new ByteRange(from, to));
    }
}
