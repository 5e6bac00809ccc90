package io.lonja.commission;

import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.EntryId;
import io.lonja.commission.CountedLine.Matter;
import io.lonja.commission.CountedLine.Part;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentType;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lines that count, as they were taken from their documents. */
class CommissionLines {

    private static final String ITEM_SEPARATOR = "\u001f";

    private final JdbcClient jdbc;

    CommissionLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param closedBy the entry that says how its group order divides; null for a line without parts */
    void add(CountedLine line, @Nullable EntryId closedBy) {
        int place = 0;
        for (Part part : line.parts()) {
            jdbc.sql("INSERT INTO commission_line_share (fact, ordinal, line, place, member, weight, closed_by)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            line.fact().sequence(),
                            line.ordinal(),
                            line.index(),
                            place++,
                            part.member().value(),
                            part.weight().toString(),
                            Objects.requireNonNull(closedBy).sequence())
                    .update();
        }
        jdbc.sql("INSERT INTO commission_line (fact, ordinal, line, type, sender, supplier, member, number, issued_on,"
                        + " invoice_number, line_number, items, currency, base_minor, interchange, bytes_from, bytes_to)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(line.fact().sequence())
                .param(line.ordinal())
                .param(line.index())
                .param(line.because().type().wireName())
                .param(line.because().sender().value())
                .param(line.supplier().value())
                .param(line.member().value())
                .param(line.because().number())
                .param(line.date())
                .param(line.invoiceNumber())
                .param(line.lineNumber())
                .param(joined(line.items()))
                .param(line.base().currency().getCurrencyCode())
                .param(line.base().minorUnits())
                .param(line.because().at().entry().sequence())
                .param(line.because().at().bytes().from())
                .param(line.because().at().bytes().to())
                .update();
    }

    /** Who bought how much of this supplier's lines that were bought for several, by {@link CountedLine#key}. */
    Map<String, List<Part>> parts(PartyId supplier) {
        Map<String, List<Part>> parts = new HashMap<>();
        jdbc.sql("SELECT s.* FROM commission_line_share s JOIN commission_line l"
                        + " ON l.fact = s.fact AND l.ordinal = s.ordinal AND l.line = s.line"
                        + " WHERE l.supplier = ? ORDER BY s.fact, s.ordinal, s.line, s.place")
                .param(supplier.value())
                .query((ResultSet row) -> {
                    parts.computeIfAbsent(
                                    CountedLine.key(
                                            new EntryId(row.getLong("fact")),
                                            row.getInt("ordinal"),
                                            row.getInt("line")),
                                    key -> new ArrayList<>())
                            .add(new Part(
                                    new PartyId(row.getString("member")), new BigInteger(row.getString("weight"))));
                });
        return parts;
    }

    /** Without their parts, which the ledger does not look at. */
    List<CountedLine> of(Matter matter) {
        return jdbc.sql("SELECT * FROM commission_line WHERE supplier = ? AND member = ? AND invoice_number = ?")
                .params(matter.supplier().value(), matter.member().value(), matter.invoiceNumber())
                .query(CommissionLines::line)
                .list();
    }

    /** The matters of a supplier that have an invoice in these days, in order of member and number. */
    List<Matter> invoicedBetween(PartyId supplier, LocalDate from, @Nullable LocalDate to) {
        return jdbc.sql("SELECT DISTINCT member, invoice_number FROM commission_line WHERE supplier = ?"
                        + " AND type = 'invoice' AND issued_on >= ? AND issued_on <= ? ORDER BY member, invoice_number")
                .params(supplier.value(), from, to == null ? LocalDate.of(9999, 12, 31) : to)
                .query((row, index) ->
                        new Matter(supplier, new PartyId(row.getString("member")), row.getString("invoice_number")))
                .list();
    }

    /** All lines of a supplier's documents, in the order they came to count. */
    List<CountedLine> of(PartyId supplier) {
        return jdbc.sql("SELECT * FROM commission_line WHERE supplier = ? ORDER BY fact, ordinal, line")
                .param(supplier.value())
                .query(CommissionLines::line)
                .list();
    }

    /** Invoice lines that no agreement was valid for, by date. */
    List<CountedLine> withoutAgreement() {
        return jdbc.sql("SELECT * FROM commission_line c WHERE type = 'invoice' AND NOT EXISTS (SELECT 1 FROM"
                        + " commission_agreement a WHERE a.supplier = c.supplier AND a.valid_from <= c.issued_on"
                        + " AND (a.valid_to IS NULL OR a.valid_to >= c.issued_on))"
                        + " ORDER BY issued_on, fact, ordinal, line")
                .query(CommissionLines::line)
                .list();
    }

    private static String joined(SortedMap<String, String> items) {
        StringBuilder text = new StringBuilder();
        items.forEach((scheme, code) ->
                text.append(scheme).append(ITEM_SEPARATOR).append(code).append(ITEM_SEPARATOR));
        return text.toString();
    }

    private static SortedMap<String, String> split(String text) {
        SortedMap<String, String> items = new TreeMap<>();
        String[] parts = text.split(ITEM_SEPARATOR, -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            items.put(parts[i], parts[i + 1]);
        }
        return items;
    }

    static CountedLine line(ResultSet row, int index) throws SQLException {
        return new CountedLine(
                new EntryId(row.getLong("fact")),
                row.getInt("ordinal"),
                row.getInt("line"),
                new PartyId(row.getString("supplier")),
                new PartyId(row.getString("member")),
                row.getObject("issued_on", LocalDate.class),
                row.getString("invoice_number"),
                row.getString("line_number"),
                split(row.getString("items")),
                new Money(row.getLong("base_minor"), Currency.getInstance(row.getString("currency"))),
                new DocumentRef(
                        new PartyId(row.getString("sender")),
                        DocumentType.of(row.getString("type")),
                        row.getString("number"),
                        new ArchiveRef(
                                new EntryId(row.getLong("interchange")),
                                new ByteRange(row.getLong("bytes_from"), row.getLong("bytes_to")))),
                List.of());
    }
}
