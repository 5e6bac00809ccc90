package io.lonja.commission;

import io.lonja.archive.EntryId;
import io.lonja.party.PartyId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The terms that suppliers agreed to. */
public class CommissionAgreements {

    private final JdbcClient jdbc;

    CommissionAgreements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In order of supplier and first day. */
    public List<CommissionAgreement> all() {
        return jdbc.sql("SELECT * FROM commission_agreement ORDER BY supplier, valid_from")
                .query(CommissionAgreements::agreement)
                .list();
    }

    /** In order of the first day. */
    public List<CommissionAgreement> of(PartyId supplier) {
        return jdbc.sql("SELECT * FROM commission_agreement WHERE supplier = ? ORDER BY valid_from")
                .param(supplier.value())
                .query(CommissionAgreements::agreement)
                .list();
    }

    public Optional<CommissionAgreement> find(EntryId id) {
        return jdbc.sql("SELECT * FROM commission_agreement WHERE id = ?")
                .param(id.sequence())
                .query(CommissionAgreements::agreement)
                .optional();
    }

    void add(CommissionAgreement agreement) {
        CommissionTerms terms = agreement.terms();
        jdbc.sql("INSERT INTO commission_agreement (id, supplier, rate, share_back, valid_from, valid_to, reason, rule,"
                        + " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(agreement.id().sequence())
                .param(terms.supplier().value())
                .param(terms.rate().toPlainString())
                .param(terms.shareBack().toPlainString())
                .param(terms.validFrom())
                .param(terms.validTo())
                .param(terms.reason())
                .param(terms.digest().hex())
                .param(agreement.recordedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static CommissionAgreement agreement(ResultSet row, int index) throws SQLException {
        return new CommissionAgreement(
                new EntryId(row.getLong("id")),
                new CommissionTerms(
                        new PartyId(row.getString("supplier")),
                        new BigDecimal(row.getString("rate")),
                        new BigDecimal(row.getString("share_back")),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_to", LocalDate.class),
                        row.getString("reason")),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
