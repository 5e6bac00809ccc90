package io.lonja.commission;

import io.lonja.DemoHome;
import io.lonja.MovableClock;
import io.lonja.TestDatabase;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.ByteRange;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.DataFolder;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.EmptyTables;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.archive.EntryType;
import io.lonja.archive.KeySafe;
import io.lonja.archive.Outcome;
import io.lonja.archive.Rebuild;
import io.lonja.archive.Sha256;
import io.lonja.document.DocumentAccepted;
import io.lonja.document.DocumentListener;
import io.lonja.document.DocumentType;
import io.lonja.document.GuideVersion;
import io.lonja.document.GuideVersions;
import io.lonja.document.MappedInterchange;
import io.lonja.document.MappingProblem;
import io.lonja.document.PricedDocument;
import io.lonja.edi.InterchangeReader;
import io.lonja.mapping.Mapper;
import io.lonja.partner.ProfilesOfRecord;
import io.lonja.partner.TradingPartner;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The books over an archive in memory: documents go in as facts and take effect through the hub's own appliers and
 * register. Their wire is the document itself as canonical JSON, unless the hub was opened {@link #withWire}.
 */
public final class TestHub implements AutoCloseable {

    /** One for all: making and sealing keys takes longer than most of what is tested. */
    private static final KeySafe KEYS = KeySafe.in(DataFolder.at(home()));

    public static final PartyId NORDMAR = new PartyId("nordmar");
    public static final PartyId ACME = new PartyId("acme");
    public static final PartyId BISTRO = new PartyId("bistro");
    public static final PartyId CANTINA = new PartyId("cantina");

    /** Of the guide and the mapping that these tests' documents name. */
    static final Sha256 GUIDE = Sha256.of("guide".getBytes(StandardCharsets.UTF_8));

    private static final EntryType RECEIVED = EntryType.evidence("interchange-received");
    private static final MappingProblem FAULT =
            MappingProblem.of("total-differs", "TDS differs; send it again.", "TDS", 9, new ByteRange(1, 2));

    public final MemoryArchive archive;
    public final JdbcClient jdbc;
    public final MovableClock clock = new MovableClock(Instant.parse("2026-12-05T09:00:00Z"));
    public final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    /** Of partners, as the archive would have them; only for a hub without wire. */
    public final Map<PartyId, TradingPartner> profiles = new HashMap<>();

    private final SingleConnectionDataSource connection;
    private final CrashPoints crashes = new CrashPoints();

    /** What a partner sent. */
    public record Sent(PartyId sender, PartyId buyer, PartyId seller, PricedDocument document, How how) {

        /** Whether it should count. */
        public enum How {
            IN_EARNEST,
            AS_A_TEST,
            WITH_A_FAULT
        }

        public static Sent of(PartyId buyer, PartyId seller, PricedDocument document, How how) {
            return new Sent(
                    document.type() == DocumentType.PURCHASE_ORDER ? buyer : seller, buyer, seller, document, how);
        }
    }

    public TestHub() {
        this(TestDatabase.h2());
    }

    public TestHub(DataSource database) {
        this(new MemoryArchive(), database, Map.of());
    }

    /** A hub that reads and maps X12 by the project's guides, with the demo's partners. */
    public static TestHub withWire() {
        return withWire(Path.of("").toAbsolutePath());
    }

    /** @param config the folder that holds {@code schemas/} */
    public static TestHub withWire(Path config) {
        return withWire(config, DemoHome.partners());
    }

    /** @param partners the folder of their profiles */
    public static TestHub withWire(Path config, Path partners) {
        return withWire(new MemoryArchive(), config, partners);
    }

    /** What this hub becomes when it is started again with this folder and an empty database; it is shut. */
    public TestHub restarted(Path config) {
        return restarted(config, DemoHome.partners());
    }

    public TestHub restarted(Path config, Path partners) {
        close();
        return withWire(archive, config, partners);
    }

    private static TestHub withWire(MemoryArchive archive, Path config, Path partners) {
        return new TestHub(
                archive,
                TestDatabase.h2(),
                Map.of(
                        "lonja.config",
                        config.toString(),
                        "lonja.home",
                        DemoHome.path().toString(),
                        "lonja.partners.also",
                        partners.toString()),
                "io.lonja.edi",
                "io.lonja.mapping",
                "io.lonja.partner");
    }

    private TestHub(MemoryArchive archive, DataSource database, Map<String, Object> settings, String... morePackages) {
        this.archive = archive;
        try {
            // One session keeps its parsed statements; a new one for each statement costs more than the statement.
            connection = new SingleConnectionDataSource(database.getConnection(), true);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        jdbc = JdbcClient.create(connection);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.registerBean(DataSource.class, () -> connection);
        context.registerBean(JdbcClient.class, () -> jdbc);
        context.registerBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(connection));
        context.registerBean(Archive.class, () -> archive);
        context.registerBean(Clock.class, () -> clock);
        if (morePackages.length == 0) {
            context.registerBean(ProfilesOfRecord.class, () -> id -> Optional.ofNullable(profiles.get(id)));
        }
        context.registerBean(KeySafe.class, () -> KEYS);
        for (int step : new int[] {5, 15, 25, 35}) {
            context.registerBean("crashPoint" + step, DocumentListener.class, () -> crashes.at(step));
        }
        context.registerBean("crashWhilePosting", LedgerListener.class, () -> entry -> crashes.pass());
        context.register(configuration("io.lonja.archive.AppliersConfiguration"));
        context.scan(
                "io.lonja.alarm",
                "io.lonja.document",
                "io.lonja.catalogue",
                "io.lonja.consortium",
                "io.lonja.commission",
                "io.lonja.account",
                "io.lonja.opportunity",
                "io.lonja.fulfilment");
        if (morePackages.length > 0) {
            context.scan(morePackages);
        }
        context.refresh();
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
    public void startOver() {
        archive.empty();
        crashes.after = Integer.MAX_VALUE;
        EmptyTables.of(jdbc, context.getBean(Appliers.class));
    }

    /** Archives the guide that the documents on this hub's wire name. */
    void hasGuide() {
        context.getBean(GuideVersions.class)
                .goLive(
                        List.of(GuideVersion.of("none", GUIDE, GUIDE, "test", Map.of("guide.md", new byte[] {'#'}))),
                        context.getBean(Appliers.class));
    }

    public void rebuild() {
        context.getBean(Rebuild.class).run();
    }

    public Ledger ledger() {
        return context.getBean(Ledger.class);
    }

    public CommissionStatements statements() {
        return context.getBean(CommissionStatements.class);
    }

    /** The newest statement of the supplier with everything that proves it. */
    public byte[] bundle(PartyId supplier) {
        return context.getBean(StatementBundles.class)
                .of(statements().all(Optional.of(supplier)).get(0));
    }

    /** Gives the receipt. */
    public Entry sends(PartyId buyer, PartyId seller, Paper paper) {
        Entry receipt = receives(Sent.of(buyer, seller, paper.written(), Sent.How.IN_EARNEST));
        maps(receipt);
        catchUp();
        return receipt;
    }

    /** What the sender is answered for: its bytes are durable. */
    public Entry receives(Sent sent) {
        return archive.append(Draft.of(
                RECEIVED,
                Map.of(
                        "partner", sent.sender().value(),
                        "buyer", sent.buyer().value(),
                        "seller", sent.seller().value(),
                        "how", sent.how().name()),
                CanonicalJson.of(sent.document())));
    }

    /** Concludes from a receipt what it says, as the mapper does. */
    public Entry maps(Entry receipt) {
        Map<String, String> said = receipt.attributes();
        Sent.How how = Sent.How.valueOf(said.get("how"));
        PricedDocument document = CanonicalJson.read(archive.payload(receipt.id()), PricedDocument.class);
        MappedInterchange mapped = new MappedInterchange(
                receipt.id(),
                "test",
                List.of(new MappedInterchange.Outcome(
                        0,
                        "000000001",
                        "0001",
                        "none",
                        GUIDE,
                        GUIDE,
                        how == Sent.How.AS_A_TEST,
                        new PartyId(said.get("partner")),
                        new PartyId(said.get("buyer")),
                        new PartyId(said.get("seller")),
                        new ByteRange(0, receipt.payloadLength()),
                        document.type(),
                        document,
                        how == Sent.How.WITH_A_FAULT ? List.of(FAULT) : List.of(),
                        null,
                        false)));
        return archive.append(Draft.of(
                MappedInterchange.MAPPED, Map.of(Entry.ABOUT, receipt.id().toString()), CanonicalJson.of(mapped)));
    }

    /** What a restart does: what is durable and has no outcome yet gets one, and everything takes effect. */
    public void restart() {
        List<Entry> entries = archive.entriesAfter(0, Integer.MAX_VALUE);
        Set<String> mapped = new HashSet<>();
        entries.forEach(entry -> mapped.add(entry.attributes().getOrDefault(Entry.ABOUT, "")));
        entries.stream()
                .filter(entry -> entry.type().equals(RECEIVED))
                .filter(entry -> !mapped.contains(entry.id().toString()))
                .forEach(this::maps);
        catchUp();
    }

    /** Real X12 from a partner through the real reader and mapper; only for a hub {@link #withWire}. */
    public EntryId sends(PartyId partner, String x12) {
        EntryId receipt = archive.append(
                        Draft.of(RECEIVED, Map.of("partner", partner.value()), x12.getBytes(StandardCharsets.UTF_8)))
                .id();
        context.getBean(InterchangeReader.class).read(receipt);
        context.getBean(Mapper.class).map(receipt);
        catchUp();
        return receipt;
    }

    public void catchUp() {
        if (archive.size() > 0) {
            context.getBean(Appliers.class).catchUp(Effect.Lane.BOOKS);
        }
    }

    /** The process dies when so many steps of documents or postings were taken from here on. */
    public void crashAfter(int steps) {
        crashes.after = steps;
    }

    public Outcome agree(PartyId supplier, String rate, String shareBack, String from, String to) {
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

    public Outcome close(PartyId supplier, String period) {
        return execute(CommissionDecisions.close("operator", null, supplier, YearMonth.parse(period)));
    }

    public Outcome execute(Command command) {
        return context.getBean(Commands.class).execute(command, Effect.Lane.BOOKS);
    }

    /** All balances in one text: {@code operator:commission-earned EUR -12.50}. */
    public Map<String, String> balances() {
        Map<String, String> balances = new TreeMap<>();
        for (AccountBalance balance : ledger().accounts(Optional.empty())) {
            if (!balance.balance().isZero()) {
                balances.put(balance.account().name(), balance.balance().toString());
            }
        }
        return balances;
    }

    public long count(String rows) {
        return jdbc.sql("SELECT COUNT(*) FROM " + rows).query(Long.class).single();
    }

    @Override
    public void close() {
        context.close();
        connection.destroy();
    }

    /** Places between the modules at which the process can die. */
    private static final class CrashPoints {

        private int after = Integer.MAX_VALUE;

        void pass() {
            if (--after == 0) {
                after = Integer.MAX_VALUE;
                throw new Crash();
            }
        }

        DocumentListener at(int step) {
            return new DocumentListener() {
                @Override
                public int step() {
                    return step;
                }

                @Override
                public void on(DocumentAccepted event) {
                    pass();
                }
            };
        }
    }

    /** The process died here. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed");
        }
    }
}
