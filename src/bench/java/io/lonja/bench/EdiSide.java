package io.lonja.bench;

import com.sun.management.OperatingSystemMXBean;
import io.lonja.archive.CanonicalJson;
import io.lonja.document.PricedDocument;
import io.lonja.edi.Guides;
import io.lonja.edi.Interchange;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.ReadingVisitor;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.Verdict;
import io.lonja.mapping.Mapped;
import io.lonja.mapping.Mapping;
import io.lonja.mapping.MappingContext;
import io.xlate.edi.schema.Schema;
import io.xlate.edi.schema.SchemaFactory;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.Location;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * One side of {@link EdiBenchmark}, in a JVM of its own: reads the same bytes again and again, for as many milliseconds of
 * a processor as each line of standard input says, and answers each with one {@link Turn}.
 */
final class EdiSide {

    /** What is larger is read from its file each time. */
    private static final long IN_MEMORY_BYTES_MAX = 8 << 20;

    private static final long SETS_BETWEEN_LOOKS = 300;

    private EdiSide() {}

    /** What a side does with the batch; each pass looks at every verdict. */
    enum Work {
        /** Reads and judges, set by set into trees that a mapping can use. */
        PARSE,
        /** Reads, judges, maps and writes documents: what the command {@code map} does. */
        MAP,
        /** Reads and judges by the same structure.xml, all of it, and takes the text of every element. */
        STAEDI,
        /** Reads a guide once: only its first answer, in a fresh JVM, is a figure. */
        GUIDE
    }

    /**
     * What was done in one turn; for every pass over the batch the same but for the times.
     *
     * @param cpuNanos that the whole process used, garbage collection and compilation included: a busy machine lengthens
     *     a turn, but takes no orders from a second of its processor
     * @param verdicts SHA-256 of all control numbers, each with {@code +} or {@code -}, in wire order
     * @param documents made of them
     * @param minorUnits that all documents together ask for
     */
    record Turn(long passes, long cpuNanos, long sets, String verdicts, long documents, long minorUnits) {

        static Turn of(String line) {
            String[] words = line.split(" ");
            return new Turn(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    words[3],
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]));
        }

        @Override
        public String toString() {
            return "%d %d %d %s %d %d".formatted(passes, cpuNanos, sets, verdicts, documents, minorUnits);
        }
    }

    private record Pass(long sets, String verdicts, long documents, long minorUnits) {}

    private interface Worker {
        Pass pass(InputStream batch) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[1]);
        byte[] memory = Files.size(file) > IN_MEMORY_BYTES_MAX ? null : Files.readAllBytes(file);
        Path schemas = Path.of(arguments[2]);
        Worker worker =
                switch (Work.valueOf(arguments[0])) {
                    case PARSE -> parse(schemas);
                    case MAP -> map(schemas);
                    case STAEDI -> staedi(schemas.resolve(arguments[3]));
                    case GUIDE -> guide(schemas);
                };
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = turns.readLine(); line != null; line = turns.readLine()) {
            System.out.println(turn(worker, file, memory, Duration.ofMillis(Long.parseLong(line))));
        }
    }

    private static Pass pass(Worker worker, Path file, byte @Nullable [] memory) throws Exception {
        try (InputStream batch = memory == null ? Files.newInputStream(file) : new ByteArrayInputStream(memory)) {
            return worker.pass(batch);
        }
    }

    private static Turn turn(Worker worker, Path file, byte @Nullable [] memory, Duration turn) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = system.getProcessCpuTime();
        Pass first = pass(worker, file, memory);
        long passes = 1;
        // Looking at the clock costs as much as some orders.
        long passesBetweenLooks = Math.max(1, SETS_BETWEEN_LOOKS / Math.max(1, first.sets()));
        while (system.getProcessCpuTime() - start < turn.toNanos()) {
            for (long i = 0; i < passesBetweenLooks; i++) {
                Pass next = pass(worker, file, memory);
                if (!next.equals(first)) {
                    throw new IllegalStateException("Pass %d found %s, the first one %s".formatted(passes, next, first));
                }
                passes++;
            }
        }
        long cpuNanos = system.getProcessCpuTime() - start;
        return new Turn(passes, cpuNanos, first.sets(), first.verdicts(), first.documents(), first.minorUnits());
    }

    private static Worker parse(Path schemas) {
        InterchangeParser parser = InterchangeParser.with(Guides.load(schemas));
        return batch -> {
            Judged judged = new Judged();
            parser.parse(batch, judged);
            return new Pass(judged.verdicts.sets(), judged.verdicts.digest(), 0, 0);
        };
    }

    private static Worker map(Path schemas) {
        InterchangeParser parser = InterchangeParser.with(Guides.load(schemas));
        Mapping mapping = Mapping.of(schemas);
        return batch -> {
            Documents documents = new Documents(mapping);
            parser.parse(batch, documents);
            return new Pass(
                    documents.verdicts.sets(), documents.verdicts.digest(), documents.written, documents.minorUnits);
        };
    }

    private static class Judged implements ReadingVisitor {

        final Verdicts verdicts = new Verdicts();

        @Override
        public void transactionSet(TransactionSet set) {
            verdicts.add(set.controlNumber(), set.verdict() instanceof Verdict.Accepted);
        }

        @Override
        public void endInterchange(Interchange interchange) {
            if (interchange.refused()) {
                throw new IllegalStateException(interchange.errors().toString());
            }
        }
    }

    private static final class Documents extends Judged {

        private final MappingContext context = new MappingContext(Currency.getInstance("EUR"));
        private final Mapping mapping;
        private long written;
        private long minorUnits;

        Documents(Mapping mapping) {
            this.mapping = mapping;
        }

        @Override
        public void transactionSet(TransactionSet set) {
            super.transactionSet(set);
            if (set.verdict() instanceof Verdict.Accepted) {
                Mapped mapped = mapping.map(set, context);
                if (!(mapped.content() instanceof PricedDocument content) || !mapped.problems().isEmpty()) {
                    throw new IllegalStateException("Order %s: %s".formatted(set.controlNumber(), mapped.problems()));
                }
                written += CanonicalJson.of(content).length > 0 ? 1 : 0;
                minorUnits += content.totals().payable().minorUnits();
            }
        }
    }

    private static Worker guide(Path schemas) {
        return batch -> {
            Guides guides = Guides.load(schemas);
            if (!guides.faults().isEmpty()) {
                throw new IllegalStateException(guides.faults().toString());
            }
            return new Pass(guides.all().size(), new Verdicts().digest(), 0, 0);
        };
    }

    private static Worker staedi(Path guide) throws Exception {
        Schema schema;
        try (InputStream in = Files.newInputStream(guide.resolve(Guides.STRUCTURE))) {
            schema = SchemaFactory.newFactory().createSchema(in);
        }
        EDIInputFactory factory = EDIInputFactory.newFactory();
        return batch -> {
            Verdicts verdicts = new Verdicts();
            try (EDIStreamReader reader = factory.createEDIStreamReader(batch)) {
                String controlNumber = "";
                boolean inHeader = false;
                boolean inSet = false;
                boolean flawless = true;
                while (reader.hasNext()) {
                    EDIStreamEvent event = reader.next();
                    if (event == EDIStreamEvent.ELEMENT_DATA) {
                        String text = reader.getText();
                        if (inHeader && isControlNumber(reader.getLocation())) {
                            controlNumber = text;
                        }
                    } else if (event == EDIStreamEvent.START_TRANSACTION) {
                        reader.setTransactionSchema(schema);
                        inSet = true;
                        inHeader = true;
                        flawless = true;
                    } else if (event == EDIStreamEvent.END_SEGMENT) {
                        inHeader = false;
                    } else if (event == EDIStreamEvent.END_TRANSACTION) {
                        inSet = false;
                        verdicts.add(controlNumber, flawless);
                    } else if (event.isError()) {
                        if (!inSet) {
                            throw new IllegalStateException(
                                    "StAEDI finds %s at %s".formatted(reader.getErrorType(), reader.getLocation()));
                        }
                        flawless = false;
                    }
                }
            }
            return new Pass(verdicts.sets(), verdicts.digest(), 0, 0);
        };
    }

    /** ST02, or element 0062 of UNH. */
    private static boolean isControlNumber(Location at) {
        return at.getElementPosition() == ("UNH".equals(at.getSegmentTag()) ? 1 : 2);
    }
}
