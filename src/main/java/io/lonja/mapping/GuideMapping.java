package io.lonja.mapping;

import io.lonja.archive.ByteRange;
import io.lonja.archive.Sha256;
import io.lonja.document.DocumentType;
import io.lonja.edi.Loop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smooks.FilterSettings;
import org.smooks.Smooks;
import org.smooks.api.ApplicationContext;
import org.smooks.api.ExecutionContext;
import org.smooks.engine.DefaultApplicationContextBuilder;
import org.smooks.engine.delivery.interceptor.InterceptorVisitorChainFactory;
import org.smooks.engine.resource.config.GenericReaderConfigurator;
import org.smooks.io.source.StreamSource;
import org.xml.sax.SAXException;

/** How one guide's transaction sets become documents. Safe for many threads. */
final class GuideMapping {

    private static final String SMOOKS = ".smooks.xml";
    private static final String NAMES = "names.properties";

    private final Path smooksFile;
    private final DocumentType type;
    private final Names names;
    private final Sha256 guideDigest;
    private final Sha256 mappingDigest;
    private @Nullable Smooks smooks;

    private GuideMapping(Path folder, Path smooksFile) throws IOException {
        String file = smooksFile.getFileName().toString();
        this.smooksFile = smooksFile;
        this.type = DocumentType.of(file.substring(0, file.length() - SMOOKS.length()));
        this.names = Names.read(folder.resolve(NAMES));
        this.mappingDigest = digest(List.of(folder.resolve(NAMES), smooksFile));
        try (Stream<Path> files = Files.list(folder)) {
            this.guideDigest = digest(files.filter(Files::isRegularFile)
                    .filter(each -> !each.equals(smooksFile))
                    .filter(each -> !each.getFileName().toString().equals(NAMES))
                    .filter(each -> !each.getFileName().toString().endsWith(".md"))
                    .sorted()
                    .toList());
        }
    }

    /** The mappings of this folder: one for every {@code <document>.smooks.xml} in it, at most one of each guide. */
    static List<GuideMapping> in(Path folder) throws IOException {
        List<GuideMapping> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().endsWith(SMOOKS))
                    .sorted()
                    .toList()) {
                found.add(new GuideMapping(folder, file));
            }
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "%s has %d mappings (*.smooks.xml); keep one, a guide makes one kind of document"
                            .formatted(folder, found.size()));
        }
        return found;
    }

    DocumentType type() {
        return type;
    }

    /** Of the files that say what a transaction set may hold. */
    Sha256 guideDigest() {
        return guideDigest;
    }

    /** Of the files that say what it means. */
    Sha256 mappingDigest() {
        return mappingDigest;
    }

    Mapped map(Loop content, ByteRange bytes, MappingContext context) {
        Smooks mapper = smooks();
        ExecutionContext execution = mapper.createExecutionContext();
        execution.put(TransactionSetReader.CONTENT, content);
        mapper.filterSource(execution, new StreamSource<>(new ByteArrayInputStream(new byte[0])));
        if (!(execution.getBeanContext().getBean("document") instanceof Map<?, ?> document)) {
            throw new IllegalStateException("%s makes no bean named document".formatted(smooksFile));
        }
        return DocumentAssembler.assemble(new Fields(document, new Place("", 0, bytes)), type, names, context);
    }

    /** Takes most of a second the first time, so it is done before documents wait for it. */
    synchronized Smooks smooks() {
        Smooks existing = smooks;
        if (existing != null) {
            return existing;
        }
        Smooks created = new Smooks(bare());
        try {
            created.addResourceConfigs(smooksFile.toUri().toString(), Files.newInputStream(smooksFile));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + smooksFile, e);
        } catch (SAXException e) {
            throw new IllegalStateException("%s is not a Smooks file: %s".formatted(smooksFile, e.getMessage()), e);
        }
        created.setReaderConfig(new GenericReaderConfigurator(TransactionSetReader.class));
        created.setFilterSettings(FilterSettings.newSaxNgSettings()
                .setDefaultSerializationOn(false)
                .setReaderPoolSize(Runtime.getRuntime().availableProcessors() * 2));
        smooks = created;
        return created;
    }

    /**
     * Smooks without its own resources: they wrap every visitor five times and bind a serializer to every element, for
     * writing XML, collecting text and telling listeners. None of that happens here.
     */
    private static ApplicationContext bare() {
        ApplicationContext context = new DefaultApplicationContextBuilder()
                .withSystemResources(false)
                .build();
        context.getRegistry().registerObject(new InterceptorVisitorChainFactory(context));
        return context;
    }

    private static Sha256 digest(List<Path> files) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            parts.add(String.format(Locale.ROOT, "%s %d\n", file.getFileName(), content.length)
                    .getBytes(StandardCharsets.UTF_8));
            parts.add(content);
        }
        return Sha256.of(parts.toArray(byte[][]::new));
    }
}
