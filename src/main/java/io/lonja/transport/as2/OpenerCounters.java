package io.lonja.transport.as2;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * What was done to open messages, good or bad: {@code lonja_as2_opener_private_key_operations_total} and its siblings.
 * What must not be told apart from outside must not be told apart here either.
 */
final class OpenerCounters implements MeterBinder {

    private static final String NAME = "lonja.as2.opener.";

    private final LongAdder privateKeyOperations = new LongAdder();
    private final LongAdder contentsDecrypted = new LongAdder();
    private final LongAdder bytesDecrypted = new LongAdder();
    private final LongAdder bytesExpanded = new LongAdder();
    private final LongAdder signaturesChecked = new LongAdder();

    /** Sums since the start, of what was begun whether or not it came to anything. */
    record Work(
            long privateKeyOperations,
            long contentsDecrypted,
            long bytesDecrypted,
            long bytesExpanded,
            long signaturesChecked) {

        Work since(Work before) {
            return new Work(
                    privateKeyOperations - before.privateKeyOperations,
                    contentsDecrypted - before.contentsDecrypted,
                    bytesDecrypted - before.bytesDecrypted,
                    bytesExpanded - before.bytesExpanded,
                    signaturesChecked - before.signaturesChecked);
        }
    }

    void privateKeyOperation() {
        privateKeyOperations.increment();
    }

    void decrypted(long bytes) {
        contentsDecrypted.increment();
        bytesDecrypted.add(bytes);
    }

    void expanded(long bytes) {
        bytesExpanded.add(bytes);
    }

    void signatureCheck() {
        signaturesChecked.increment();
    }

    Work work() {
        return new Work(
                privateKeyOperations.sum(),
                contentsDecrypted.sum(),
                bytesDecrypted.sum(),
                bytesExpanded.sum(),
                signaturesChecked.sum());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, "private-key-operations", "Content keys unwrapped with our key", Work::privateKeyOperations);
        bind(registry, "contents-decrypted", "Encrypted contents decrypted", Work::contentsDecrypted);
        bind(registry, "bytes-decrypted", "Bytes that came out of decryption", Work::bytesDecrypted);
        bind(registry, "bytes-expanded", "Bytes that came out of decompression", Work::bytesExpanded);
        bind(registry, "signatures-checked", "Signatures looked at", Work::signaturesChecked);
    }

    private void bind(MeterRegistry registry, String name, String description, ToDoubleFunction<Work> count) {
        FunctionCounter.builder(NAME + name, this, counters -> count.applyAsDouble(counters.work()))
                .description(description)
                .register(registry);
    }
}
