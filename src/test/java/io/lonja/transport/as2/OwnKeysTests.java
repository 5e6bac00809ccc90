package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.MovableClock;
import io.lonja.archive.DataFolder;
import io.lonja.archive.KeySafe;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A roll-over of our keys leaves no gap: the next one decrypts at once and signs when its day has come. */
class OwnKeysTests {

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.now());
    private KeySafe safe;
    private OwnKeys keys;
    private As2Keys hands;

    @BeforeEach
    void open() {
        safe = KeySafe.in(DataFolder.at(folder));
        keys = OwnKeys.in(safe, OurNames.only("LONJA"), clock);
        hands = As2Keys.in(safe, clock);
    }

    @Test
    void makesTheFirstPairSealed() throws Exception {
        assertThat(keys.all("LONJA")).hasSize(1);
        assertThat(keys.signing("LONJA")).isEqualTo(keys.all("LONJA").get(0));
        assertThat(Files.readString(folder.resolve("keys/as2-lonja.key.pem"))).contains("ENCRYPTED PRIVATE KEY");
        assertThat(hands.list()).singleElement().satisfies(shown -> {
            assertThat(shown.kind()).isEqualTo("RSA 3072");
            assertThat(shown.fingerprint()).hasSize(64);
        });
    }

    @Test
    void takesUpANewPairWithoutARestartAndSignsWithItFromItsDay() {
        OwnKey first = keys.signing("LONJA");
        As2Keys.Shown next = hands.make("LONJA", null, KeyType.EC_P256, today().plusDays(30));
        assertThat(next.name()).isEqualTo("as2-lonja-2");
        assertThat(keys.all("LONJA")).hasSize(2);
        assertThat(keys.signing("LONJA")).isEqualTo(first);
        clock.advance(Duration.ofDays(30));
        assertThat(keys.signing("LONJA")).isNotEqualTo(first).matches(own -> !own.isRsa());
        MessageFormat md5 = MessageFormat.of(
                MessageWriterTests.format("md5", "rsa", "none", "rsa", "false", "binary", "rfc5751", true));
        assertThat(keys.signing("LONJA", md5)).isEqualTo(first);
    }

    @Test
    void signsEarlyRatherThanNotAtAllAndOpensWhatIsForAnEndedCertificate() {
        clock.advance(Duration.ofDays(5 * 365 - 1));
        hands.make("LONJA", null, KeyType.RSA3072, today().plusDays(60));
        clock.advance(Duration.ofDays(10));
        assertThat(keys.all("LONJA")).hasSize(2);
        assertThat(keys.signing("LONJA")).isEqualTo(keys.all("LONJA").get(0));
        clock.advance(Duration.ofDays(5 * 365));
        assertThatThrownBy(() -> keys.signing("LONJA")).hasMessageContaining("make a new pair with `key new`");
    }

    @Test
    void keepsTheKeysOfEachNameApart() {
        OwnKeys both = OwnKeys.in(safe, new OurNames("LONJA", List.of("LONJA-2", "Lonja ES")), clock);
        assertThat(both.all("LONJA")).isEqualTo(keys.all("LONJA"));
        OwnKey second = both.signing("LONJA-2");
        assertThat(second.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=LONJA-2");
        assertThat(both.all("LONJA-2")).containsExactly(second).doesNotContainAnyElementsOf(both.all("LONJA"));
        hands.make("LONJA", null, KeyType.RSA3072, today());
        hands.make("LONJA-2", "LONJA-2", KeyType.EC_P256, today().plusDays(1));
        assertThat(both.all("LONJA")).hasSize(2);
        assertThat(both.all("LONJA-2")).hasSize(2);
        assertThat(both.all("Lonja ES")).hasSize(1);
        assertThat(both.signing("LONJA-2")).isEqualTo(second);
        clock.advance(Duration.ofDays(1));
        assertThat(both.signing("LONJA-2").isRsa()).isFalse();
        assertThat(both.signing("somebody else")).isEqualTo(both.signing("LONJA"));
        assertThat(keys.all("LONJA")).hasSize(2);
        assertThat(keys.all("LONJA-2")).isEmpty();
        assertThat(hands.list().stream().map(As2Keys.Shown::as2Name))
                .containsOnly(null, "LONJA-2", "Lonja ES")
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a\\b", "ñ", "LONJA"})
    void areForNamesThatAs2Knows(String also) {
        assertThatThrownBy(() -> new OurNames("LONJA", List.of(also)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`%s`".formatted(also));
    }

    @Test
    void keepsThoseOfBeforeWhenAChangeIsBroken() throws Exception {
        Files.writeString(folder.resolve("keys/as2-broken.key.pem"), "no key");
        assertThat(keys.all("LONJA")).hasSize(1);
        assertThat(keys.signing("LONJA")).isNotNull();
        assertThatThrownBy(() -> OwnKeys.in(safe, OurNames.only("LONJA"), clock))
                .hasMessageContaining("as2-broken.key.pem");
    }

    @Test
    void asksForACertificateAndTakesTheAnswerBesideTheOldOne() throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(hands.request("as2-lonja")))) {
            PKCS10CertificationRequest request = (PKCS10CertificationRequest) parser.readObject();
            assertThat(request.isSignatureValid(
                            new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo())))
                    .isTrue();
            assertThat(request.getSubject()).hasToString("CN=LONJA");
        }
        OwnKey first = keys.signing("LONJA");
        clock.advance(Duration.ofMinutes(1));
        java.security.KeyPair pair =
                new java.security.KeyPair(first.certificate().getPublicKey(), first.key());
        String issued = new String(KeyFiles.pem(
                "CERTIFICATE",
                KeyType.RSA3072
                        .certificate(pair, "LONJA by an authority", clock.instant())
                        .getEncoded()));
        assertThat(hands.add(issued, today()).name()).isEqualTo("as2-lonja-2");
        assertThat(keys.all("LONJA")).hasSize(2).allMatch(own -> own.key().equals(first.key()));
        assertThat(keys.signing("LONJA").certificate().getSubjectX500Principal().getName())
                .isEqualTo("CN=LONJA by an authority");
        assertThatThrownBy(() -> hands.add(issued, today())).hasMessageContaining("here already");
        assertThatThrownBy(() -> hands.add(Keys.rsa("stranger").pem(), today()))
                .hasMessageContaining("none of our keys");
        assertThatThrownBy(() -> hands.add("x", today())).hasMessageContaining("no X.509 certificate");
        assertThatThrownBy(() -> hands.add(Keys.shortRsa("short").pem(), today()))
                .hasMessageContaining("1024 bits");
        assertThatThrownBy(() -> hands.request("as2-nobody")).hasMessageContaining("there are as2-lonja");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
