package io.lonja.edi;

import static io.lonja.edi.EdiFixture.AT;
import static io.lonja.edi.EdiFixture.PARSER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What was accepted can be written again from what was read of it, and then reads the same, element by element. */
class EdiRoundTripTests {

    @TestFactory
    Stream<DynamicTest> whatWasReadIsWrittenAndReadsTheSame() {
        return Stream.concat(EdiFixture.samples().stream(), EdiCorpus.files().stream())
                .flatMap(file -> PARSER.parse(EdiFixture.bytes(file)).interchanges().stream()
                        .filter(interchange -> accepted(interchange).findAny().isPresent())
                        .map(interchange -> DynamicTest.dynamicTest(
                                file + " " + interchange.envelope().controlNumber(), () -> roundTrip(interchange))));
    }

    private static void roundTrip(Interchange read) {
        byte[] written = InterchangeWriter.write(outbound(read));
        Reading again = PARSER.parse(written);
        assertThat(EdiFixture.errors(again))
                .as("%s", new String(written, ISO_8859_1))
                .allMatch(error -> error.code() == ErrorCode.ELEMENT_TOO_SHORT);
        assertThat(again.interchanges()).singleElement().satisfies(rewritten -> {
            assertThat(rewritten.envelope().sender()).isEqualTo(read.envelope().sender());
            assertThat(rewritten.envelope().receiver())
                    .isEqualTo(read.envelope().receiver());
            assertThat(rewritten.envelope().test()).isEqualTo(read.envelope().test());
            assertThat(texts(rewritten)).isEqualTo(texts(read));
        });
    }

    static Stream<TransactionSet> accepted(Interchange interchange) {
        return interchange.groups().stream()
                .flatMap(group -> group.transactionSets().stream())
                .filter(EdiRoundTripTests::accepted);
    }

    /** A number of fewer than four characters is read as a leniency, and never written. */
    private static boolean accepted(TransactionSet set) {
        return !(set.verdict() instanceof Verdict.Refused)
                && set.verdict().errors().stream()
                        .noneMatch(error -> error.code() == ErrorCode.ELEMENT_TOO_SHORT
                                && error.segmentId().equals("ST"));
    }

    /** Of each accepted set what it is, and its segments between header and trailer, which are the writer's. */
    private static List<List<String>> texts(Interchange interchange) {
        return accepted(interchange)
                .map(set -> Stream.concat(
                                Stream.of(set.type() + " " + set.controlNumber() + " " + set.guide()),
                                inner(set).stream().map(segment -> segment.id() + EdiCorpus.withoutEmptyTails(segment)))
                        .toList())
                .toList();
    }

    static OutboundInterchange outbound(Interchange read) {
        Envelope envelope = read.envelope();
        boolean x12 = envelope.standard() == Standard.X12;
        List<OutboundInterchange.Group> groups = new ArrayList<>();
        for (FunctionalGroup group : read.groups()) {
            List<TransactionSet> sets = group.transactionSets().stream()
                    .filter(EdiRoundTripTests::accepted)
                    .toList();
            boolean together = x12 || !group.functionalIdentifier().isEmpty();
            (together
                            ? Stream.of(sets).filter(it -> !it.isEmpty())
                            : sets.stream().map(List::of))
                    .map(inGroup -> group(group, inGroup, x12))
                    .forEach(groups::add);
        }
        return new OutboundInterchange(
                x12 ? OutboundSyntax.x12(envelope.version(), UTF_8) : edifact(read),
                envelope.sender(),
                envelope.receiver(),
                envelope.controlNumber(),
                AT,
                envelope.test(),
                envelope.acknowledgmentRequested(),
                groups);
    }

    private static OutboundInterchange.Group group(FunctionalGroup read, List<TransactionSet> sets, boolean x12) {
        Segment unh = (Segment) sets.get(0).content().nodes().get(0);
        String version =
                String.join(":", unh.component(2, 2), unh.component(2, 3), unh.component(2, 4), unh.component(2, 5));
        return new OutboundInterchange.Group(
                read.functionalIdentifier(),
                read.senderCode(),
                read.receiverCode(),
                read.controlNumber(),
                x12 ? read.version() : version.replaceFirst(":$", ""),
                sets.stream().map(EdiRoundTripTests::set).toList());
    }

    private static OutboundInterchange.TransactionSet set(TransactionSet read) {
        return new OutboundInterchange.TransactionSet(
                read.type(),
                read.controlNumber(),
                inner(read).stream()
                        .map(segment -> new OutboundSegment(segment.id(), segment.elements()))
                        .toList());
    }

    private static List<Segment> inner(TransactionSet set) {
        List<Segment> segments = EdiFixture.segments(set.content()).toList();
        return segments.subList(1, segments.size() - 1);
    }

    /** With its own delimiters and decimal mark; level A takes small letters where it is read, and not where it is written. */
    private static OutboundSyntax edifact(Interchange read) {
        String[] syntax = read.envelope().version().split(":");
        int version = Integer.parseInt(syntax[1]);
        OutboundSyntax same = OutboundSyntax.edifact(syntax[0].equals("UNOA") ? "UNOB" : syntax[0], version)
                .with(read.delimiters());
        return read.delimiters().equals(Delimiters.edifact(version)) ? same.withoutServiceStringAdvice() : same;
    }
}
