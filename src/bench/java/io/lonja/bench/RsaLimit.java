package io.lonja.bench;

import io.lonja.transport.as2.Keys;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;

/**
 * What no receiver can do without: one operation with the private key to open the content key and one to sign the MDN, by
 * the provider that the Java platform prefers; and one forced write.
 */
final class RsaLimit {

    private static final int RECORD_BYTES = 16_384;

    private final Keys keys;
    private final byte[] wrapped;
    private final byte[] signed = new byte[300];

    RsaLimit(Keys keys) throws GeneralSecurityException {
        this.keys = keys;
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(Cipher.ENCRYPT_MODE, keys.certificate().getPublicKey());
        this.wrapped = rsa.doFinal(new byte[16]);
    }

    private void twoOperations() throws GeneralSecurityException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(Cipher.DECRYPT_MODE, keys.key());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.key());
        signature.update(signed);
        if (rsa.doFinal(wrapped).length != 16 || signature.sign().length != 256) {
            throw new IllegalStateException("The provider does not do what it should");
        }
    }

    /** Messages per second of a processor, on one thread. */
    double perCpuSecond(Duration turn) throws GeneralSecurityException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long messages = 0;
        long used;
        do {
            twoOperations();
            messages++;
            used = threads.getCurrentThreadCpuTime() - start;
        } while (used < turn.toNanos());
        return messages * 1e9 / used;
    }

    /** The time in milliseconds that one of a hundred messages exceeds, of a lone loop that does only this. */
    double p99Millis(Path folder, Duration turn) throws IOException, GeneralSecurityException {
        List<Long> times = new ArrayList<>();
        Path file = Files.createTempFile(folder, "forced", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(RECORD_BYTES);
            long end = System.nanoTime() + turn.toNanos();
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                twoOperations();
                bytes.clear();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
                times.add(System.nanoTime() - start);
            }
        }
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * 0.99)] / 1e6;
    }
}
