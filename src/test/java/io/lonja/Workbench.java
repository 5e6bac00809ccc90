package io.lonja;

import io.lonja.alarm.Alarm;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.archive.Rebuild;
import io.lonja.edi.Guides;
import io.lonja.mapping.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Some of the hub's modules, wired as in the hub over an archive in files and an index database, without doors, routes
 * and broker, and with a clock that moves when told. The archive and the alarms are always among them.
 */
public final class Workbench implements AutoCloseable {

    private static final CachingMetadataReaderFactory CLASSES =
            new CachingMetadataReaderFactory(new PathMatchingResourcePatternResolver());

    public final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T10:00:00Z"));

    private final DataSource database;
    private final Path home;
    private final List<String> packages = new ArrayList<>(List.of("io.lonja.archive", "io.lonja.alarm"));
    private final Map<String, Object> settings =
            new TreeMap<>(Map.of("lonja.config", Path.of("").toAbsolutePath().toString()));
    private final List<Consumer<AnnotationConfigApplicationContext>> beans = new ArrayList<>();
    private AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    public Workbench(DataSource database, String... modules) {
        this.database = database;
        try {
            this.home = Files.createTempDirectory("workbench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("lonja.home", home.toString());
        for (String module : modules) {
            packages.add("io.lonja." + module);
        }
    }

    /** Answers one of the hub's ports, or adds an effect; several of a type need names of their own. */
    public <T> Workbench with(String name, Class<T> type, Supplier<T> bean) {
        beans.add(into -> into.registerBean(name, type, bean));
        return this;
    }

    public Workbench setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** A new process over the same archive and database. */
    public Workbench start() {
        context.close();
        context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("workbench", settings));
        context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        context.registerBean(PropertySourcesPlaceholderConfigurer.class);
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
        context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(database));
        context.registerBean(Clock.class, () -> clock);
        boolean shipped = Shipped.areReadBy(Path.of((String) settings.get("lonja.config")));
        if (shipped && packages.contains("io.lonja.edi")) {
            context.registerBean("guides", Guides.class, Shipped::guides);
        }
        if (shipped && packages.contains("io.lonja.mapping")) {
            context.registerBean("mapping", Mapping.class, Shipped::mapping);
        }
        beans.forEach(bean -> bean.accept(context));
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
        scanner.setMetadataReaderFactory(CLASSES);
        scanner.scan(packages.toArray(String[]::new));
        context.refresh();
        return this;
    }

    /** Makes the database again from the archive alone. */
    public void rebuild() {
        get(Rebuild.class).run();
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Everything archived of this type, in sequence. */
    public List<Entry> archived(EntryType type) {
        return get(Archive.class).entriesAfter(0, 1_000).stream()
                .filter(entry -> entry.type().equals(type))
                .toList();
    }

    /** Causes of the open alarms. */
    public List<String> openCauses() {
        return get(OpenAlarms.class).list(1_000).stream().map(Alarm::cause).toList();
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
