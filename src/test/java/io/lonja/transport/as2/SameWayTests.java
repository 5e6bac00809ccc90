package io.lonja.transport.as2;

import static io.lonja.transport.as2.Acquaintance.DOCUMENT;
import static io.lonja.transport.as2.Acquaintance.OLD;
import static io.lonja.transport.as2.Acquaintance.OURS;
import static io.lonja.transport.as2.Acquaintance.THEIRS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.Spool;
import io.lonja.transport.as2.OpenerCounters.Work;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is wrong with an envelope, the key's padding, its length, the key itself, the content or its padding, the same
 * is done and the same is answered (Bleichenbacher, Vaudenay). How long each took is printed and not judged: a shared
 * machine is no stopwatch.
 */
class SameWayTests {

    private static final int ATTEMPTS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"AES-128", "AES-256", "triple DES"})
    void isTakenWhateverIsWrong(String cipher) {
        ASN1ObjectIdentifier algorithm = switch (cipher) {
            case "AES-128" -> CMSAlgorithm.AES128_CBC;
            case "AES-256" -> CMSAlgorithm.AES256_CBC;
            default -> CMSAlgorithm.DES_EDE3_CBC;
        };
        Captured captured = Captured.message(DOCUMENT.signed(THEIRS), algorithm, OURS);
        long seed = 4713;
        Random random = new Random(seed);
        Map<String, long[]> nanos = new LinkedHashMap<>();
        for (int round = 0; round < ATTEMPTS; round++) {
            int attempt = round;
            captured.attempts(random).forEach((name, wrong) -> {
                OpenerCounters counters = new OpenerCounters();
                long start = System.nanoTime();
                Opened opened = open(wrong, counters);
                nanos.computeIfAbsent(name, it -> new long[ATTEMPTS])[attempt] = System.nanoTime() - start;
                assertThat(opened)
                        .as("%s, seed %d, attempt %d", name, seed, attempt)
                        .isInstanceOfSatisfying(
                                Opened.Refused.class,
                                refused -> assertThat(refused.disposition()).isEqualTo(Disposition.DECRYPTION_FAILED));
                assertThat(counters.work())
                        .as("%s, seed %d, attempt %d", name, seed, attempt)
                        .isEqualTo(new Work(1, 1, Captured.contentBytes(wrong), 0, 0));
            });
        }
        nanos.forEach((name, each) -> {
            Arrays.sort(each);
            System.out.printf("%-10s %-29s median %5d µs%n", cipher, name, each[ATTEMPTS / 2] / 1000);
        });
    }

    /** Where in compressed content the fault is may be heard, whether the padding is right may not. */
    @Test
    void isTakenInCompressedContentWhetherThePaddingIsRightOrNot() {
        Captured captured = Captured.message(DOCUMENT.signed(THEIRS).compressed(), CMSAlgorithm.AES128_CBC, OURS);
        for (int seed = 0; seed < ATTEMPTS; seed++) {
            Map<String, Wire> attempts = captured.attempts(new Random(seed));
            for (String pair : List.of("beginning", "cut", "more behind it")) {
                OpenerCounters right = new OpenerCounters();
                OpenerCounters wrong = new OpenerCounters();
                Opened.Refused one = (Opened.Refused) open(attempts.get(pair + ", padding right"), right);
                Opened.Refused other = (Opened.Refused) open(attempts.get(pair + ", padding wrong"), wrong);
                assertThat(one.disposition()).as("%s, seed %d", pair, seed).isEqualTo(other.disposition());
                assertThat(right.work().since(wrong.work()))
                        .as("%s, seed %d", pair, seed)
                        .isEqualTo(new Work(
                                0,
                                0,
                                0,
                                right.work().bytesExpanded() - wrong.work().bytesExpanded(),
                                0));
                assertThat(right.work().bytesExpanded() - wrong.work().bytesExpanded())
                        .as("what the last block itself expands to, %s, seed %d", pair, seed)
                        .isBetween(-512L, 512L);
            }
        }
    }

    /** Looking at the padding first would be the classical oracle, so its fault must not spare any work. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTakenToTheVeryEndWhereThePaddingAloneIsWrong(boolean compressed) {
        Wire signed = DOCUMENT.signed(THEIRS);
        Captured captured = Captured.message(compressed ? signed.compressed() : signed, CMSAlgorithm.AES128_CBC, OURS);
        OpenerCounters good = new OpenerCounters();
        OpenerCounters wrong = new OpenerCounters();
        assertThat(open(captured.genuine(), good)).isInstanceOf(Opened.Accepted.class);
        assertThat(open(captured.paddingAlone(), wrong))
                .isEqualTo(new Opened.Refused(
                        Disposition.DECRYPTION_FAILED, "The padding of the encrypted content is wrong"));
        assertThat(wrong.work()).isEqualTo(good.work());
        assertThat(good.work().signaturesChecked()).isEqualTo(1);
    }

    private static Opened open(Wire message, OpenerCounters counters) {
        try (Workspace workspace = new Workspace(Spool.inMemory(), counters)) {
            return MessageOpener.open(message.http(), Bytes.of(message.body()), OLD, "sha-256", workspace);
        }
    }
}
