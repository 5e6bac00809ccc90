package io.lonja.bench;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A file with one interchange of orders with ten described lines each, and what every side must find in it. In a hundred orders one has a
 * fault, of three kinds in turn, where faults are asked for.
 *
 * @param bytes how many it has
 * @param verdicts SHA-256 of all control numbers, each with {@code +} or {@code -}, in wire order
 * @param flawless orders
 * @param minorUnits that the flawless ones together ask for
 */
record EdiBatch(Path file, long bytes, int orders, String verdicts, long flawless, long minorUnits) {

    private static final int LINES = 10;
    private static final int FAULT_EVERY = 100;

    /** 850s, about 1 kB each. */
    static EdiBatch x12(Path file, int orders) throws IOException {
        return batch(file, new X12(), orders, true);
    }

    /** ORDERS of D.96A, about 1.5 kB each. */
    static EdiBatch edifact(Path file, int orders, boolean withFaults) throws IOException {
        return batch(file, new Edifact(), orders, withFaults);
    }

    private static EdiBatch batch(Path file, Spelling writer, int orders, boolean withFaults) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            return batch(file, writer, orders, withFaults, out);
        }
    }

    private static EdiBatch batch(Path file, Spelling writer, int orders, boolean withFaults, Writer out)
            throws IOException {
        Random random = new Random(850);
        Verdicts verdicts = new Verdicts();
        long flawless = 0;
        long minorUnits = 0;
        writer.begin();
        for (int i = 1; i <= orders; i++) {
            int fault = withFaults && i % FAULT_EVERY == FAULT_EVERY / 2 ? 1 + i / FAULT_EVERY % 3 : 0;
            String controlNumber = "%06d".formatted(i);
            writer.header(controlNumber, i, fault, random);
            long total = 0;
            for (int line = 1; line <= LINES; line++) {
                int quantity = 1 + random.nextInt(200);
                int cents = 1 + random.nextInt(20_000);
                total += (long) quantity * cents;
                writer.line(line, quantity, BigDecimal.valueOf(cents, 2), line == 4 ? fault : 0, random);
            }
            writer.summary(controlNumber, LINES, BigDecimal.valueOf(total, 2));
            verdicts.add(controlNumber, fault == 0);
            writer.moveTo(out);
            flawless += fault == 0 ? 1 : 0;
            minorUnits += fault == 0 ? total : 0;
        }
        writer.end(orders);
        writer.moveTo(out);
        return new EdiBatch(
                file,
                writer.moved,
                orders,
                verdicts.digest(),
                flawless,
                minorUnits);
    }

    private abstract static class Spelling {

        private final StringBuilder text = new StringBuilder();
        private long moved;

        /** What was written so far; all of it is ASCII. */
        final void moveTo(Writer out) throws IOException {
            out.append(text);
            moved += text.length();
            text.setLength(0);
        }

        abstract void begin();

        abstract void header(String controlNumber, int order, int fault, Random random);

        abstract void line(int line, int quantity, BigDecimal price, int fault, Random random);

        abstract void summary(String controlNumber, int lines, BigDecimal total);

        abstract void end(int orders);

        void add(String segments, Object... values) {
            text.append(segments.formatted(values));
        }
    }

    /** Its faults: no order number, a date that does not exist, an item code without its qualifier. */
    private static final class X12 extends Spelling {

        @Override
        void begin() {
            add(
                    "ISA*00*          *00*          *ZZ*HOTELMIRAMAR   *ZZ*LONJAHUB       *260114*0815*U*00401*000000850*0*P*>~");
            add("GS*PO*HOTELMIRAMAR*LONJAHUB*20260114*0815*850*X*004010~");
        }

        @Override
        void header(String controlNumber, int order, int fault, Random random) {
            add("ST*850*%s~", controlNumber);
            add(
                    "BEG*00*SA*%s**%s~",
                    fault == 1 ? "" : "PO-26-%06d".formatted(order), fault == 2 ? "20260231" : "20260114");
            add("CUR*BY*EUR~REF*DP*%03d~DTM*002*20260121~", random.nextInt(1000));
            add("N1*BY*Hotel Miramar*1*123456789~N1*SU*Valle Foods*1*987654321~");
        }

        @Override
        void line(int line, int quantity, BigDecimal price, int fault, Random random) {
            add(
                    "PO1*%d*%d*CA*%s**%s*A-%05d*UP*%012d~",
                    line,
                    quantity,
                    price,
                    fault == 3 ? "" : "VN",
                    random.nextInt(100_000),
                    36_000_000_000L + random.nextInt(1_000_000_000));
            add("PID*F****Extra virgin olive oil 12 x 500 ml~");
        }

        @Override
        void summary(String controlNumber, int lines, BigDecimal total) {
            add("CTT*%d~AMT*TT*%s~SE*%d*%s~", lines, total, 10 + 2 * lines, controlNumber);
        }

        @Override
        void end(int orders) {
            add("GE*%d*850~IEA*1*000000850~", orders);
        }
    }

    /** Its faults: no order number, a quantity that is no number, a unit longer than three characters. */
    private static final class Edifact extends Spelling {

        @Override
        void begin() {
            add("UNA:+.? 'UNB+UNOC:3+8412345100010:14+8412345000013:14+260114:0815+850'");
        }

        @Override
        void header(String controlNumber, int order, int fault, Random random) {
            add("UNH+%s+ORDERS:D:96A:UN:EAN008'", controlNumber);
            add("BGM+220+%s+9'", fault == 1 ? "" : "PO-26-%06d".formatted(order));
            add("DTM+137:20260114:102'DTM+2:20260121:102'");
            add("NAD+BY+MIRAMAR::92++Posada Miramar'NAD+SU+OLIVARES::92++Olivares del Sur'CUX+2:EUR:9'");
        }

        @Override
        void line(int line, int quantity, BigDecimal price, int fault, Random random) {
            add("LIN+%d++%013d:EN'", line, 8_412_345_000_000L + random.nextInt(1_000_000));
            add("PIA+5+A-%05d:SA'IMD+F++:::Extra virgin olive oil 12 x 500 ml'", random.nextInt(100_000));
            add("QTY+21:%s:%s'", fault == 2 ? quantity + "A" : quantity, fault == 3 ? "CASE" : "CS");
            add("PRI+AAA:%s'", price);
        }

        @Override
        void summary(String controlNumber, int lines, BigDecimal total) {
            add("UNS+S'MOA+86:%s'CNT+2:%d'UNT+%d+%s'", total, lines, 11 + 5 * lines, controlNumber);
        }

        @Override
        void end(int orders) {
            add("UNZ+%d+850'", orders);
        }
    }
}
