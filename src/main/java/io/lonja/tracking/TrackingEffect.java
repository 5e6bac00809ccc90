package io.lonja.tracking;

import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.edi.InterchangeRead;
import io.lonja.edi.InterchangeRead.Decision;
import io.lonja.intake.Receipt;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Follows every receipt from the door to the mapping. */
final class TrackingEffect implements Effect {

    private static final Set<EntryType> TYPES = Set.of(Receipt.RECEIVED, InterchangeRead.TYPE, Receipt.FINISHED);

    private final JdbcClient jdbc;

    TrackingEffect(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Lane lane() {
        return Lane.TRACKING;
    }

    @Override
    public int step() {
        return 10;
    }

    @Override
    public boolean concerns(EntryType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean readsPayload(EntryType type) {
        return type.equals(InterchangeRead.TYPE);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(Receipt.RECEIVED)) {
            received(entry);
        } else if (entry.type().equals(InterchangeRead.TYPE)) {
            read(entry, CanonicalJson.read(payload, InterchangeRead.class));
        } else {
            jdbc.sql("UPDATE tracked_interchange SET mapped_fact = ? WHERE receipt = ?")
                    .params(entry.id().sequence(), TrackedNumber.receipt(entry))
                    .update();
        }
    }

    private void received(Entry entry) {
        jdbc.sql("""
                        INSERT INTO tracked_interchange
                            (receipt, partner, message_id, received_at, status, duplicate, refused_sets)
                        VALUES (?, ?, ?, ?, 'received', FALSE, 0)
                        """)
                .params(
                        entry.id().sequence(),
                        entry.attributes().get(Receipt.PARTNER),
                        entry.attributes().get(Receipt.MESSAGE_ID),
                        entry.arrivedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void read(Entry entry, InterchangeRead read) {
        List<Decision> decisions = read.interchanges().stream()
                .map(InterchangeRead.Decided::decision)
                .toList();
        String status = decisions.contains(Decision.NEW)
                ? "processing"
                : decisions.contains(Decision.CONFLICT) ? "held" : "refused";
        boolean duplicate = status.equals("refused") && decisions.contains(Decision.DUPLICATE);
        long refusedSets = read.interchanges().stream()
                .flatMap(interchange -> interchange.transactionSets().stream()
                        .filter(set -> !set.accepted() || interchange.decision() != Decision.NEW))
                .count();
        jdbc.sql("""
                        UPDATE tracked_interchange SET status = ?, duplicate = ?, refused_sets = ?, read_fact = ?
                        WHERE receipt = ?
                        """)
                .params(status, duplicate, refusedSets, entry.id().sequence(), read.receipt())
                .update();
        Set<String> numbers = new TreeSet<>();
        read.interchanges().forEach(interchange -> {
            numbers.add(TrackedNumber.of(interchange.controlNumber()));
            interchange.transactionSets().forEach(set -> numbers.add(TrackedNumber.of(set.controlNumber())));
        });
        numbers.forEach(number -> jdbc.sql("INSERT INTO tracked_number (control_number, receipt) VALUES (?, ?)")
                .params(number, read.receipt())
                .update());
    }
}
