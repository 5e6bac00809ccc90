package io.lonja.commission;

import io.lonja.TestDatabase;
import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.ArchiveRef;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.DataFolder;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.archive.Outcome;
import io.lonja.archive.Rebuild;
import io.lonja.archive.Sha256;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentRef;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The books over an archive in memory: documents go in as facts and take effect through the hub's own appliers. */
final class TestHub implements AutoCloseable {

    static final PartyId NORDMAR = new PartyId("nordmar");
    static final PartyId ACME = new PartyId("acme");
    static final PartyId BISTRO = new PartyId("bistro");
    static final PartyId CANTINA = new PartyId("cantina");

    private static final EntryType DOCUMENT = EntryType.fact("test-document");

    final MemoryArchive archive = new MemoryArchive();
    final JdbcClient jdbc;
    final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Register register;

    /** What a document fact of these tests holds. */
    record Sent(PartyId sender, PartyId buyer, PartyId seller, BusinessDocument document) {}

    TestHub() {
        this(TestDatabase.h2());
    }

    TestHub(DataSource database) {
        this(database, JdbcClient.create(database));
    }

    private TestHub(DataSource database, JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("CREATE TABLE test_register (document VARCHAR(400) PRIMARY KEY, digest VARCHAR(64) NOT NULL)")
                .update();
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(JdbcClient.class, () -> jdbc);
        context.registerBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(database));
        context.registerBean(Archive.class, () -> archive);
        context.registerBean(Clock.class, () -> Clock.fixed(Instant.parse("2026-12-05T09:00:00Z"), ZoneOffset.UTC));
        context.registerBean(Alarms.class, SilentAlarms::new);
        context.registerBean(DataFolder.class, () -> DataFolder.at(home()));
        context.registerBean(Register.class);
        context.register(configuration("io.lonja.archive.AppliersConfiguration"));
        context.scan("io.lonja.commission", "io.lonja.account", "io.lonja.opportunity");
        context.refresh();
        this.register = context.getBean(Register.class);
    }

    private static Path home() {
        try {
            return Files.createTempDirectory("books");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> configuration(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Back to an empty archive and empty tables. */
    void startOver() {
        archive.empty();
        register.crashAt = Integer.MAX_VALUE;
        rebuild();
    }

    void rebuild() {
        context.getBean(Rebuild.class).run();
    }

    Ledger ledger() {
        return context.getBean(Ledger.class);
    }

    CommissionStatements statements() {
        return context.getBean(CommissionStatements.class);
    }

    Entry sends(PartyId buyer, PartyId seller, Paper paper) {
        BusinessDocument document = paper.written();
        PartyId sender = document.type() == io.lonja.document.DocumentType.PURCHASE_ORDER ? buyer : seller;
        Entry entry = archives(new Sent(sender, buyer, seller, document));
        catchUp();
        return entry;
    }

    Entry archives(Sent sent) {
        return archive.append(Draft.of(DOCUMENT, Map.of(), CanonicalJson.of(sent)));
    }

    void catchUp() {
        if (archive.size() > 0) {
            context.getBean(Appliers.class).catchUp(Effect.Lane.BOOKS);
        }
    }

    /** From here on the transaction fails after so many documents were told to the listeners. */
    void crashAfter(int documents) {
        register.crashAt = documents;
    }

    Outcome agree(PartyId supplier, String rate, String shareBack, String from, String to) {
        return execute(CommissionDecisions.agree("operator", null, terms(supplier, rate, shareBack, from, to)));
    }

    static CommissionTerms terms(PartyId supplier, String rate, String shareBack, String from, String to) {
        return new CommissionTerms(
                supplier,
                new BigDecimal(rate),
                new BigDecimal(shareBack),
                LocalDate.parse(from),
                to == null ? null : LocalDate.parse(to),
                "Agreed in writing");
    }

    Outcome close(PartyId supplier, String period) {
        return execute(CommissionDecisions.close("operator", null, supplier, YearMonth.parse(period)));
    }

    Outcome execute(Command command) {
        return context.getBean(Commands.class).execute(command, Effect.Lane.BOOKS);
    }

    /** All balances in one text: {@code operator:commission-earned EUR -12.50}. */
    Map<String, String> balances() {
        Map<String, String> balances = new TreeMap<>();
        for (AccountBalance balance : ledger().accounts(Optional.empty())) {
            if (!balance.balance().isZero()) {
                balances.put(balance.account().name(), balance.balance().toString());
            }
        }
        return balances;
    }

    @Override
    public void close() {
        context.close();
    }

    /** What the register of documents does, as far as the books depend on it. */
    static final class Register implements Effect {

        private final JdbcClient jdbc;
        private final List<DocumentListener> listeners;
        private int crashAt = Integer.MAX_VALUE;

        Register(JdbcClient jdbc, List<DocumentListener> listeners) {
            this.jdbc = jdbc;
            this.listeners = listeners.stream()
                    .sorted(Comparator.comparingInt(DocumentListener::step))
                    .toList();
        }

        @Override
        public Lane lane() {
            return Lane.BOOKS;
        }

        @Override
        public int step() {
            return 20;
        }

        @Override
        public boolean concerns(EntryType type) {
            return type.equals(DOCUMENT);
        }

        @Override
        public void apply(Entry entry, byte[] payload) {
            Sent sent = CanonicalJson.read(payload, Sent.class);
            BusinessDocument document = sent.document();
            String key = "%s %s".formatted(sent.sender(), document.title());
            if (jdbc.sql("SELECT digest FROM test_register WHERE document = ?")
                    .param(key)
                    .query(String.class)
                    .optional()
                    .isPresent()) {
                return;
            }
            jdbc.sql("INSERT INTO test_register (document, digest) VALUES (?, ?)")
                    .params(key, Sha256.of(payload).hex())
                    .update();
            DocumentRef because = new DocumentRef(
                    sent.sender(),
                    document.type(),
                    document.number(),
                    new ArchiveRef(entry.id(), new ByteRange(0, entry.payloadLength())));
            DocumentAccepted event = new DocumentAccepted(
                    document, sent.buyer(), sent.seller(), because, entry.id(), 0, entry.arrivedAt());
            for (DocumentListener listener : listeners) {
                listener.on(event);
                if (--crashAt == 0) {
                    crashAt = Integer.MAX_VALUE;
                    throw new Crash();
                }
            }
        }
    }

    /** The process died here. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed");
        }
    }

    private static final class SilentAlarms implements Alarms {
        @Override
        public void open(String cause, String sentence, Instant at) {}

        @Override
        public void close(String cause, Instant at) {}
    }
}
