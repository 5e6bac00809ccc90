package io.lonja.mapping;

import io.lonja.archive.ByteRange;
import io.lonja.archive.Sha256;
import io.lonja.document.DocumentType;
import io.lonja.edi.Loop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    private final String place;
    private final byte[] smooksFile;
    private final DocumentType type;
    private final Names names;
    private final Sha256 guideDigest;
    private final Sha256 mappingDigest;
    private @Nullable Smooks smooks;
    /** Null where only Smooks can judge what is selected; made with {@link #smooks}. */
    private volatile @Nullable Selection selection;

    private GuideMapping(GuideFolder folder, String smooksFile, byte[] content) {
        this.place = folder.name() + "/" + smooksFile;
        this.smooksFile = content;
        this.type = DocumentType.of(smooksFile.substring(0, smooksFile.length() - GuideFolder.SMOOKS.length()));
        this.names = Names.in(folder);
        this.mappingDigest = folder.mappingDigest();
        this.guideDigest = folder.guideDigest();
    }

    /**
     * The mapping of this folder: its {@code <document>.smooks.xml}; empty where it has none.
     *
     * @throws IllegalArgumentException when it has more than one
     */
    static Optional<GuideMapping> of(GuideFolder folder) {
        List<String> found = folder.smooksFiles();
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "%s has %d mappings (*.smooks.xml); keep one, a guide makes one kind of document"
                            .formatted(folder.name(), found.size()));
        }
        return found.stream()
                .findFirst()
                .map(file -> new GuideMapping(
                        folder, file, Objects.requireNonNull(folder.files().get(file))));
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
        Selection known = selection;
        if (known != null) {
            execution.put(TransactionSetReader.SELECTION, known);
        }
        mapper.filterSource(execution, new StreamSource<>(new ByteArrayInputStream(new byte[0])));
        if (!(execution.getBeanContext().getBean("document") instanceof Map<?, ?> document)) {
            throw new IllegalStateException("%s makes no bean named document".formatted(place));
        }
        Fields source = new Fields(document, new Place("", 0, bytes));
        return switch (type) {
            case DESPATCH_ADVICE -> DespatchAssembler.assemble(source, names);
            case RECEIVING_ADVICE -> ReceivingAssembler.assemble(source, names);
            case REMITTANCE_ADVICE -> RemittanceAssembler.assemble(source, names, context);
            case REQUEST_FOR_QUOTATION -> RequestAssembler.assemble(source, names);
            default -> DocumentAssembler.assemble(source, type, names, context);
        };
    }

    /** Takes most of a second the first time, so it is done before documents wait for it. */
    synchronized Smooks smooks() {
        Smooks existing = smooks;
        if (existing != null) {
            return existing;
        }
        Smooks created = configured(place, smooksFile);
        selection = Selection.in(created).orElse(null);
        smooks = created;
        return created;
    }

    /** Reads the file; place is what a fault in it is told by. */
    static Smooks configured(String place, byte[] smooksFile) {
        Smooks created = new Smooks(bare());
        try {
            created.addResourceConfigs(place, new ByteArrayInputStream(smooksFile));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + place, e);
        } catch (SAXException e) {
            throw new IllegalStateException("%s is not a Smooks file: %s".formatted(place, e.getMessage()), e);
        }
        created.setReaderConfig(new GenericReaderConfigurator(TransactionSetReader.class));
        created.setFilterSettings(FilterSettings.newSaxNgSettings()
                .setDefaultSerializationOn(false)
                .setReaderPoolSize(Runtime.getRuntime().availableProcessors() * 2));
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
}
