package io.lonja.consortium;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who buys together, and what suppliers agreed to sell them. */
public class Consortia {

    private final JdbcClient jdbc;

    Consortia(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In order of their ids. */
    public List<Consortium> all() {
        return jdbc.sql("SELECT content FROM consortium ORDER BY id").query(String.class).list().stream()
                .map(Consortia::consortium)
                .toList();
    }

    public Optional<Consortium> find(ConsortiumId id) {
        return jdbc.sql("SELECT content FROM consortium WHERE id = ?")
                .param(id.value())
                .query(String.class)
                .optional()
                .map(Consortia::consortium);
    }

    /** Those in whose name this party buys, in order of their ids. */
    List<Consortium> boughtFor(PartyId operator) {
        return jdbc
                .sql("SELECT content FROM consortium WHERE operator = ? ORDER BY id")
                .param(operator.value())
                .query(String.class)
                .list()
                .stream()
                .map(Consortia::consortium)
                .toList();
    }

    /** What suppliers agreed to sell this consortium, in the order it was agreed. */
    public List<SupplyAgreement> agreements(ConsortiumId consortium) {
        return jdbc
                .sql("SELECT content FROM supply_agreement WHERE consortium = ? ORDER BY id")
                .param(consortium.value())
                .query(String.class)
                .list()
                .stream()
                .map(Consortia::agreement)
                .toList();
    }

    public Optional<SupplyAgreement> agreement(EntryId id) {
        return jdbc.sql("SELECT content FROM supply_agreement WHERE id = ?")
                .param(id.sequence())
                .query(String.class)
                .optional()
                .map(Consortia::agreement);
    }

    void put(Consortium consortium) {
        jdbc.sql("DELETE FROM consortium WHERE id = ?")
                .param(consortium.id().value())
                .update();
        jdbc.sql("INSERT INTO consortium (id, operator, content) VALUES (?, ?, ?)")
                .params(consortium.id().value(), consortium.operator().value(), json(consortium))
                .update();
    }

    void add(SupplyAgreement agreement) {
        jdbc.sql("INSERT INTO supply_agreement (id, consortium, supplier, content) VALUES (?, ?, ?, ?)")
                .params(
                        agreement.id().sequence(),
                        agreement.consortium().value(),
                        agreement.supplier().value(),
                        json(agreement))
                .update();
    }

    private static String json(Object content) {
        return new String(CanonicalJson.of(content), StandardCharsets.UTF_8);
    }

    private static Consortium consortium(String json) {
        return CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), Consortium.class);
    }

    private static SupplyAgreement agreement(String json) {
        return CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), SupplyAgreement.class);
    }
}
