package io.lonja.transport.as2;

import static org.assertj.core.api.Assertions.assertThat;

import io.lonja.archive.DataFolder;
import io.lonja.archive.Sha256;
import io.lonja.archive.Spool;
import io.lonja.partner.As2Channel.Legacy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Who writes to whom in the tests of the opener. */
final class Acquaintance {

    static final Keys OURS = Keys.rsa("ours");
    static final Keys OURS_BEFORE = Keys.rsa("ours-before");
    static final Keys THEIRS = Keys.rsa("theirs");
    static final Keys THEIRS_NEXT = Keys.rsa("theirs-next");
    static final Keys THEIRS_EC = Keys.ec("theirs-ec");
    static final Keys THEIRS_P384 = Keys.ec("theirs-p384", 384);
    static final Keys THEIRS_P521 = Keys.ec("theirs-p521", 521);
    static final Keys THEIRS_SHORT = Keys.shortRsa("theirs-short");
    static final Keys STRANGER = Keys.rsa("stranger");

    static final Relationship STRICT = new Relationship(
            true,
            true,
            Set.of(),
            List.of(
                    THEIRS.certificate(),
                    THEIRS_NEXT.certificate(),
                    THEIRS_EC.certificate(),
                    THEIRS_P384.certificate(),
                    THEIRS_P521.certificate(),
                    THEIRS_SHORT.certificate()),
            List.of(OURS_BEFORE.asOwn(), OURS.asOwn()),
            4_000_000);
    static final Relationship LAX =
            new Relationship(false, false, Set.of(), STRICT.signers(), STRICT.ownKeys(), 4_000_000);

    /** A partner whose product is old, with everything that a profile can allow. */
    static final Relationship OLD =
            new Relationship(true, true, Set.of(Legacy.values()), STRICT.signers(), STRICT.ownKeys(), 4_000_000);

    static final byte[] ORDER = "ISA*00*          *00*          *ZZ*A~\r\nGS*PO~BEG*00*SA*4711~IEA*1*1~\r\n"
            .repeat(25)
            .getBytes(StandardCharsets.US_ASCII);
    static final Wire DOCUMENT = Wire.document("application/edi-x12", ORDER);

    /** So small a memory that every layer is a file. */
    static final Spool SPOOL = spool();

    private Acquaintance() {}

    /** Opened in memory, once it was seen that in files of the spool it comes to the same. */
    static Opened open(Wire message, Relationship relationship) {
        Opened opened = MessageOpener.open(
                message.http(), Bytes.of(message.body()), relationship, "sha-256", Workspace.inMemory());
        try (Workspace files = new Workspace(SPOOL, new OpenerCounters());
                Spool.Spooled body = ((Spool.Taken.Whole)
                                SPOOL.take(new ByteArrayInputStream(message.body()), Long.MAX_VALUE))
                        .spooled()) {
            Opened fromFiles =
                    MessageOpener.open(message.http(), files.of(body.payload()), relationship, "sha-256", files);
            if (opened instanceof Opened.Accepted inMemory) {
                assertThat(fromFiles).isInstanceOfSatisfying(Opened.Accepted.class, accepted -> {
                    assertThat(accepted.payload().toArray())
                            .isEqualTo(inMemory.payload().toArray());
                    assertThat(files.payload(accepted.payload()).digest())
                            .isEqualTo(Sha256.of(inMemory.payload().toArray()));
                    assertThat(accepted.mic()).isEqualTo(inMemory.mic());
                    assertThat(accepted.contentType()).isEqualTo(inMemory.contentType());
                    assertThat(accepted.encrypted()).isEqualTo(inMemory.encrypted());
                    assertThat(accepted.signed()).isEqualTo(inMemory.signed());
                });
            } else {
                // What is said to our own people may differ: where no key fits, a random one is taken.
                assertThat(fromFiles)
                        .isInstanceOfSatisfying(
                                Opened.Refused.class,
                                refused -> assertThat(refused.disposition())
                                        .isEqualTo(((Opened.Refused) opened).disposition()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return opened;
    }

    private static Spool spool() {
        try {
            return Spool.in(
                    DataFolder.at(
                            Files.createTempDirectory(Files.createDirectories(Path.of("target", "spool")), "as2-")),
                    16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
