package io.lonja.edi;

import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What reading must know of earlier interchanges: which were read, which numbers counted, which were given. */
final class InterchangeIndex {

    private static final String SEPARATOR = "\n";

    private final JdbcClient jdbc;

    InterchangeIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean isRead(long receipt) {
        return fact(receipt).isPresent();
    }

    /** The entry that says how the receipt was read. */
    Optional<EntryId> fact(long receipt) {
        return jdbc.sql("SELECT fact FROM interchange_reading WHERE receipt = ?")
                .param(receipt)
                .query(Long.class)
                .optional()
                .map(EntryId::new);
    }

    /**
     * The interchange that counts under this identity; those that were refused do not. Of several the last with this
     * content, since those before it were held; else the last.
     */
    Optional<Counted> counted(String identity, String digest) {
        return jdbc.sql("""
                        SELECT receipt, digest FROM interchange_identity
                        WHERE identity = ? AND accepted = TRUE
                        ORDER BY CASE WHEN digest = ? THEN 0 ELSE 1 END, fact DESC, ordinal DESC LIMIT 1
                        """)
                .params(identity, digest)
                .query((row, number) -> new Counted(row.getLong("receipt"), row.getString("digest")))
                .optional();
    }

    /** 0 when none was given. */
    long lastNumber(String lane) {
        return jdbc.sql("SELECT last_number FROM acknowledgment_lane WHERE lane = ?")
                .param(lane)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    void read(long receipt, long fact) {
        jdbc.sql("INSERT INTO interchange_reading (receipt, fact) VALUES (?, ?)")
                .params(receipt, fact)
                .update();
    }

    void identified(long fact, long receipt, InterchangeRead.Decided interchange) {
        jdbc.sql("""
                        INSERT INTO interchange_identity (fact, ordinal, identity, digest, receipt, accepted)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        fact,
                        interchange.ordinal(),
                        identity(
                                interchange.standard(),
                                interchange.sender(),
                                interchange.receiver(),
                                interchange.controlNumber(),
                                interchange.digest()),
                        interchange.digest(),
                        receipt,
                        interchange.decision() == InterchangeRead.Decision.NEW)
                .update();
    }

    void numberGiven(String lane, long number) {
        int rows = jdbc.sql("UPDATE acknowledgment_lane SET last_number = ? WHERE lane = ?")
                .params(number, lane)
                .update();
        if (rows == 0) {
            jdbc.sql("INSERT INTO acknowledgment_lane (lane, last_number) VALUES (?, ?)")
                    .params(lane, number)
                    .update();
        }
    }

    static String identity(Envelope envelope, String digest) {
        return identity(envelope.standard(), envelope.sender(), envelope.receiver(), envelope.controlNumber(), digest);
    }

    /** Our numbers towards this sender, in the name of this receiver. */
    static String lane(String partner, Envelope envelope) {
        return lane(partner, envelope.receiver(), envelope.sender());
    }

    /** Our numbers towards a partner under these names. */
    static String lane(String partner, WireParty from, WireParty to) {
        return digest(partner, from.toString(), to.toString());
    }

    /** A sender's numbers towards a receiver. */
    static String lane(Standard standard, WireParty sender, WireParty receiver) {
        return digest(standard.name(), sender.toString(), receiver.toString());
    }

    /** XML has no control number: only the same bytes are the same, and the rest is for the register of documents. */
    private static String identity(
            Standard standard, WireParty sender, WireParty receiver, String controlNumber, String digest) {
        return digest(
                standard.name(),
                sender.toString(),
                receiver.toString(),
                standard == Standard.UBL ? digest : controlNumber);
    }

    private static String digest(String... parts) {
        return Sha256.of(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    /** An interchange that counted. */
    record Counted(long receipt, String digest) {}
}
