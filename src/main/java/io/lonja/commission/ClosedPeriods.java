package io.lonja.commission;

import io.lonja.party.PartyId;
import java.time.YearMonth;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Up to which month a supplier's commission is stated; what comes later stands in the next one. */
class ClosedPeriods {

    private final JdbcClient jdbc;

    ClosedPeriods(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<YearMonth> through(PartyId supplier) {
        return jdbc.sql("SELECT period FROM commission_statement WHERE supplier = ? ORDER BY period DESC"
                        + " FETCH FIRST 1 ROW ONLY")
                .param(supplier.value())
                .query(String.class)
                .optional()
                .map(YearMonth::parse);
    }

    /** This month, or the first one after it that is still open. */
    YearMonth open(PartyId supplier, YearMonth month) {
        return through(supplier)
                .filter(last -> !month.isAfter(last))
                .map(last -> last.plusMonths(1))
                .orElse(month);
    }
}
