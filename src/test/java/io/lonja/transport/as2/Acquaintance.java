package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.Legacy;
import java.nio.charset.StandardCharsets;
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

    private Acquaintance() {}

    static Opened open(Wire message, Relationship relationship) {
        return MessageOpener.open(message.http(), message.body(), relationship, "sha-256");
    }
}
