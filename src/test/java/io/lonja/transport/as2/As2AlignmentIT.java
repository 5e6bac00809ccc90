package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static io.lonja.transport.as2.As2Door.ACME;
import static io.lonja.transport.as2.As2Door.archive;
import static io.lonja.transport.as2.As2Door.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Entry;
import io.lonja.archive.Sha256;
import io.lonja.transport.as2.As2Peer.Reply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No size of a payload falls on a buffer's edge unseen: every byte arrives, over connections that are kept. */
class As2AlignmentIT {

    private static final int SIZE_MAX = 20_000;
    private static final int[] BUFFERS = {512, 1_024, 4_096, 8_192, 16_384, 65_536};

    /** Bytes of a deterministic noise, of which every message has the beginning of another place. */
    private static final byte[] NOISE = new byte[200_000];

    static {
        new Random(4715).nextBytes(NOISE);
    }

    @Test
    void sizesFarApartAndThoseAroundBuffersArriveWhole() throws Exception {
        sweep(197);
    }

    @Test
    @Tag("force")
    void sizesCloseTogetherArriveWhole() throws Exception {
        sweep(7);
    }

    private static void sweep(int step) throws Exception {
        TreeSet<Integer> sizes = new TreeSet<>();
        IntStream.iterate(1, size -> size <= SIZE_MAX, size -> size + step).forEach(sizes::add);
        Arrays.stream(BUFFERS)
                .forEach(buffer -> IntStream.rangeClosed(buffer - 2, buffer + 2).forEach(sizes::add));
        Map<String, Sha256> sent = new HashMap<>();
        long before = archive().size();
        try (KeptConnection connection = new KeptConnection(ACME)) {
            for (int size : sizes) {
                byte[] payload = Arrays.copyOfRange(NOISE, size, 2 * size);
                int turn = sent.size() % 4; // not compressed, under the signature, not, over it
                Wire document = Wire.document("application/octet-stream", payload);
                Wire covered = turn == 1 ? document.compressed() : document;
                Wire signed = covered.signed(THEIRS);
                Wire message = (turn == 3 ? signed.compressed() : signed).encrypted(OURS);
                String id = id();
                Reply reply = connection.send(message, id);
                assertThat(reply.disposition()).as("%d bytes", size).isEqualTo("processed");
                assertThat(reply.mic()).as("%d bytes", size).startsWith(Wire.mic("SHA-256", covered.bytes()) + ", ");
                sent.put(id, Sha256.of(payload));
            }
        }
        Map<String, Sha256> kept = new HashMap<>();
        for (List<Entry> some = archive().entriesAfter(before, 1_000);
                !some.isEmpty();
                some = archive().entriesAfter(some.get(some.size() - 1).id().sequence(), 1_000)) {
            some.stream()
                    .filter(entry -> entry.type().name().equals("interchange-received"))
                    .forEach(entry -> kept.put(entry.attributes().get("message-id"), entry.payloadDigest()));
        }
        assertThat(kept).isEqualTo(sent);
    }
}
