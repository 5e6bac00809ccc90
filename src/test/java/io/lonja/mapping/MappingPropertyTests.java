package io.lonja.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.Shipped;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Line;
import io.lonja.edi.TransactionSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Random orders, invoices and credit memos come out as an independent computation in whole numbers says. */
class MappingPropertyTests {

    private static final List<DocumentType> TYPES =
            List.of(DocumentType.PURCHASE_ORDER, DocumentType.INVOICE, DocumentType.CREDIT_NOTE);
    private static final int DOCUMENTS = 200;
    private static final int THREADS = 4;
    private static final int DOCUMENTS_PER_THREAD = 500;

    private static final Mapping MAPPING = Shipped.mapping();
    private static final MappingContext EUR = new MappingContext(Currency.getInstance("EUR"));

    @Test
    void mapsWhateverIsWrittenToTheSameTotals() {
        long seed = Long.getLong("lonja.seed", System.nanoTime());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            Trade trade = Trade.random(random, i);
            assertThat(trade.mismatch(MAPPING))
                    .as("lonja.seed=%d, document %d:%n%s", seed, i, trade.text)
                    .isEmpty();
        }
    }

    @Test
    void mapsOnFourThreadsWhatItMapsOnOne() throws Exception {
        long seed = Long.getLong("lonja.seed", System.nanoTime());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> results = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                Callable<List<String>> work = () -> {
                    RandomGenerator random =
                            RandomGeneratorFactory.of("L64X128MixRandom").create(seed + thread);
                    List<String> mismatches = new ArrayList<>();
                    for (int i = 0; i < DOCUMENTS_PER_THREAD; i++) {
                        mismatches.addAll(Trade.random(random, thread * DOCUMENTS_PER_THREAD + i)
                                .mismatch(MAPPING));
                    }
                    return mismatches;
                };
                results.add(threads.submit(work));
            }
            for (Future<List<String>> result : results) {
                assertThat(result.get()).as("lonja.seed=%d", seed).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A document as text, and what it must come to in cents. */
    record Trade(String text, DocumentType type, String number, List<Long> lineCents, long payable) {

        static Trade random(RandomGenerator random, int ordinal) {
            DocumentType type = TYPES.get(random.nextInt(TYPES.size()));
            boolean order = type == DocumentType.PURCHASE_ORDER;
            String number = "D-%06d".formatted(ordinal);
            StringBuilder text = new StringBuilder(
                    order
                            ? "BEG*00*SA*%s**20261121~".formatted(number)
                            : "BIG*20261121*%s*20261101*PO-%d***%s~"
                                    .formatted(number, ordinal, type == DocumentType.INVOICE ? "DI" : "CR"));
            text.append("N1*BY*Buyer %d*1*%09d~".formatted(ordinal, ordinal));
            List<Long> lines = new ArrayList<>();
            long sum = 0;
            int count = 1 + random.nextInt(8);
            for (int i = 1; i <= count; i++) {
                long milliQuantity = 1 + random.nextInt(random.nextBoolean() ? 999 : 99_999);
                long tenThousandths = random.nextInt(5_000_000);
                text.append("%s*%d*%s*CA*%s**VN*ITEM-%d~"
                        .formatted(order ? "PO1" : "IT1", i, decimal(milliQuantity, 3), decimal(tenThousandths, 4), i));
                // cents = quantity/1000 * price/10000 * 100, halves up.
                long net = BigInteger.valueOf(milliQuantity)
                        .multiply(BigInteger.valueOf(tenThousandths))
                        .add(BigInteger.valueOf(50_000))
                        .divide(BigInteger.valueOf(100_000))
                        .longValueExact();
                if (random.nextInt(3) == 0) {
                    long charge = random.nextInt(1000);
                    text.append("SAC*C*D240***%d~".formatted(charge));
                    net += charge;
                }
                lines.add(net);
                sum += net;
            }
            long payable = sum;
            if (!order) {
                long tax = random.nextInt(100_000);
                long allowance = random.nextInt(2) == 0 ? 0 : Math.min(sum, random.nextInt(5000));
                payable = sum - allowance + tax;
                text.append("TDS*%d~TXI*VA*%s~".formatted(payable, decimal(tax, 2)));
                if (allowance != 0) {
                    text.append("SAC*A*C310***%d~".formatted(allowance));
                }
            }
            text.append("CTT*%d~".formatted(count));
            if (order) {
                text.append("AMT*TT*%s~".formatted(decimal(payable, 2)));
            }
            return new Trade(text.toString(), type, number, lines, payable);
        }

        private static String decimal(long unscaled, int places) {
            String digits = "0".repeat(places) + unscaled;
            String whole = digits.substring(0, digits.length() - places).replaceFirst("^0+(?=.)", "");
            return whole + "." + digits.substring(digits.length() - places);
        }

        List<String> mismatch(Mapping mapping) {
            TransactionSet set = SetText.set(text);
            Mapped mapped = mapping.map(set, EUR);
            if (mapped.content() == null || !mapped.problems().isEmpty()) {
                return List.of(number + ": " + set.verdict() + " " + mapped.problems());
            }
            PricedDocument document = (PricedDocument) Objects.requireNonNull(mapped.content());
            List<String> mismatches = new ArrayList<>();
            compare(mismatches, "type", type, document.type());
            compare(mismatches, "number", number, document.number());
            compare(
                    mismatches,
                    "lines",
                    lineCents,
                    document.lines().stream()
                            .map(Line::net)
                            .map(net -> net.minorUnits())
                            .toList());
            compare(mismatches, "payable", payable, document.totals().payable().minorUnits());
            return mismatches;
        }

        private void compare(List<String> mismatches, String what, Object expected, Object found) {
            if (!expected.equals(found)) {
                mismatches.add("%s: %s is %s, not %s".formatted(number, what, found, expected));
            }
        }
    }
}
