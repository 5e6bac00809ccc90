package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A functional group that is being read. */
final class OpenGroup {

    private final Standard standard;
    private final String identifier;
    private final WireParty sender;
    private final WireParty receiver;
    private final String controlNumber;
    private final String version;
    private final int from;
    private final Findings findings;
    private final List<TransactionSet> sets = new ArrayList<>();
    private final Set<String> setNumbers = new HashSet<>();

    OpenGroup(
            Standard standard,
            String identifier,
            WireParty sender,
            WireParty receiver,
            String controlNumber,
            String version,
            int from,
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

    int from() {
        return from;
    }

    void add(SyntaxError error) {
        findings.add(error);
    }

    void add(TransactionSet set) {
        sets.add(set);
    }

    int sets() {
        return sets.size();
    }

    /** Whether no other transaction set of the group has this number. */
    boolean takeNumber(String number) {
        return setNumbers.add(number);
    }

    FunctionalGroup close(String declared, int to) {
        FunctionalGroup read = new FunctionalGroup(
                identifier,
                sender.value(),
                receiver.value(),
                controlNumber,
                version,
                declared,
                List.copyOf(sets),
                findings.list(),
                new ByteRange(from, to));
        return read.refused() ? without(standard, read, ErrorCode.GROUP_REFUSED) : read;
    }

    /** The same group with every transaction set refused, because what is around it is. */
    static FunctionalGroup without(Standard standard, FunctionalGroup group, ErrorCode because) {
        List<TransactionSet> sets = group.transactionSets().stream()
                .map(set -> {
                    List<SyntaxError> errors = new ArrayList<>(set.verdict().errors());
                    if (errors.stream().noneMatch(error -> error.code() == ErrorCode.GROUP_REFUSED)) {
                        errors.add(new SyntaxError(
                                1, standard.setHeader(), 0, 0, because, "", Expectation.NONE, set.bytes()));
                    }
                    return new TransactionSet(
                            set.type(),
                            set.controlNumber(),
                            set.guide(),
                            set.content(),
                            new Verdict.Refused(List.copyOf(errors)),
                            set.bytes());
                })
                .toList();
        return new FunctionalGroup(
                group.functionalIdentifier(),
                group.senderCode(),
                group.receiverCode(),
                group.controlNumber(),
                group.version(),
                group.declaredCount(),
                sets,
                group.errors(),
                group.bytes());
    }
}
