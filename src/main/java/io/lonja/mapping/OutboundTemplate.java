package io.lonja.mapping;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;
import io.lonja.archive.CanonicalJson;
import io.lonja.document.BusinessDocument;
import io.lonja.document.DespatchAdvice;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.edi.GuideId;
import io.lonja.edi.OutboundSegment;
import io.lonja.edi.Standard;
import io.lonja.party.CodeKind;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a business document becomes the segments of one guide: its {@code <document>.out.ftlx}, a FreeMarker template that
 * writes the same elements that the guide's {@code *.smooks.xml} reads. It sees {@code document}, in the shape of the
 * API's {@code document.content}, and these functions:
 *
 * <ul>
 *   <li>{@code code(kind, name)}: the guide's code for a name of {@code names.properties}; none is an error. {@code
 *       has(kind, name)} says whether there is one. A code that the other standard's guide has no name for has none here
 *   <li>{@code own(kind, code)}: the same for codes that documents keep as written, such as units: for a {@code unit} or a
 *       tax {@code category} that stands in the receiver's {@code codes/units.csv} or {@code codes/taxes.csv} what it says
 *       there; what else came in this standard stays as it is, for what came in the other {@code names.properties} says it
 *       ({@code from-x12.unit.CA = CS})
 *   <li>{@code cannot(what)}: the guide cannot say this, so the document is not written
 *   <li>{@code compact(date)}: {@code 2026-11-21} as {@code 20261121}, nothing as nothing
 *   <li>{@code implied(amount, places)}: {@code 12.50} as {@code 1250}
 *   <li>{@code later(date, days)}: so many days later, in the same form
 *   <li>{@code levels(by)}: of a despatch advice, by {@code order} or by {@code package}, see {@link WrittenLevels}
 *   <li>{@code breakdown()}: of a priced document, its taxes by rate, see {@link TaxBreakdown}
 *   <li>{@code parts(text, length)}: a text in parts of at most so many characters, divided at blanks
 * </ul>
 *
 * Attributes that come out empty are not sent. A guide for XML is written by a template whose output is the document as it
 * leaves. Safe for many threads.
 */
final class OutboundTemplate {

    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final ObjectMapper JSON = CanonicalJson.mapper();
    private static final Configuration FREEMARKER = configuration();

    /** What templates call the kinds of which a partner may have codes of its own. */
    private static final Map<String, CodeKind> CROSS_REFERENCED =
            Map.of("unit", CodeKind.UNITS, "category", CodeKind.TAXES);

    private final String guide;
    private final Standard standard;
    private final Names names;
    private final String place;
    private final DocumentType type;
    private final Template template;
    private final Map<String, Object> functions;

    private OutboundTemplate(GuideFolder folder, String file, byte[] content) {
        this.guide = folder.name();
        this.standard = Standard.of(new GuideId(guide));
        this.names = Names.in(folder);
        this.place = folder.name() + "/" + file;
        this.type = DocumentType.of(file.substring(0, file.length() - GuideFolder.OUT.length()));
        this.functions = functions();
        try {
            this.template =
                    new Template(file, new StringReader(new String(content, StandardCharsets.UTF_8)), FREEMARKER);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s is no template: %s".formatted(place, e.getMessage()), e);
        }
    }

    /**
     * The folder's template; empty where it has none.
     *
     * @throws IllegalArgumentException when it has more than one, or one that cannot be read
     */
    static Optional<OutboundTemplate> of(GuideFolder folder) {
        List<String> found = folder.files().keySet().stream()
                .filter(file -> file.endsWith(GuideFolder.OUT))
                .toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "%s has %d templates (*%s); keep one, a guide writes one kind of document"
                            .formatted(folder.name(), found.size(), GuideFolder.OUT));
        }
        return found.stream()
                .findFirst()
                .map(file -> new OutboundTemplate(
                        folder, file, Objects.requireNonNull(folder.files().get(file))));
    }

    /**
     * What stands in UNH 0057 of what it writes, {@code EAN010}: the association's code for the guide, from {@code
     * envelope.association} of its names; empty where there is none.
     */
    String association() {
        return names.find("envelope", "association").orElse("");
    }

    /** What it writes; that of an invoice writes credit notes too. */
    DocumentType type() {
        return type;
    }

    /**
     * What stands between header and trailer.
     *
     * @param from the standard in which the document's own codes are; null for this guide's
     * @param called what the receiver calls units and taxes, by our code
     * @throws UnwritableDocumentException when the guide cannot say what the document says
     */
    List<OutboundSegment> segments(
            BusinessDocument document, @Nullable Standard from, Map<CodeKind, ? extends Map<String, String>> called) {
        return SegmentXml.segments(text(document, from, called), place);
    }

    /**
     * The whole document of a guide for XML, in UTF-8.
     *
     * @param from as for {@link #segments}
     * @param called as for {@link #segments}
     * @throws UnwritableDocumentException when the guide cannot say what the document says
     */
    byte[] document(
            BusinessDocument document, @Nullable Standard from, Map<CodeKind, ? extends Map<String, String>> called) {
        // Nothing may stand before the declaration. No value has a line break, so what is blank is the template's.
        return text(document, from, called)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.stripTrailing() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private String text(
            BusinessDocument document, @Nullable Standard from, Map<CodeKind, ? extends Map<String, String>> called) {
        JsonNode tree = JSON.valueToTree(document);
        refuseControls(document, tree);
        Map<String, Object> model = new HashMap<>(functions);
        model.put("document", JSON.convertValue(tree, TREE));
        model.put("code", (TemplateMethodModelEx) arguments -> code(text(arguments, 0), text(arguments, 1), from));
        model.put("has", (TemplateMethodModelEx)
                arguments -> !isForeign(text(arguments, 1), from) && names.has(text(arguments, 0), text(arguments, 1)));
        model.put("own", (TemplateMethodModelEx) arguments -> {
            String kind = text(arguments, 0);
            String code = text(arguments, 1);
            return Optional.ofNullable(CROSS_REFERENCED.get(kind))
                    .flatMap(table -> Optional.ofNullable(called.get(table)))
                    .flatMap(table -> Optional.ofNullable(table.get(code)))
                    .orElseGet(() -> own(kind, code, from));
        });
        if (document instanceof DespatchAdvice advice) {
            model.put("levels", (TemplateMethodModelEx)
                    arguments -> text(arguments, 0).equals("order")
                            ? WrittenLevels.byOrder(advice)
                            : WrittenLevels.byPackage(advice));
        }
        if (document instanceof PricedDocument priced) {
            model.put(
                    "breakdown", (TemplateMethodModelEx) arguments -> JSON.convertValue(TaxBreakdown.of(priced), TREE));
        }
        StringWriter xml = new StringWriter();
        try {
            template.process(model, xml);
        } catch (TemplateException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnwritableDocumentException unwritable) {
                throw unwritable;
            }
            throw new UnwritableDocumentException("%s cannot be written by %s: %s"
                    .formatted(
                            document.title(),
                            place,
                            e.getMessageWithoutStackTop() == null
                                    ? "the template fails"
                                    : e.getMessageWithoutStackTop()
                                            .lines()
                                            .findFirst()
                                            .orElse("the template fails")));
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory does not fail", e);
        }
        return xml.toString();
    }

    /** No wire has room for them, and XML would change them to blanks. */
    private static void refuseControls(BusinessDocument document, JsonNode tree) {
        if (tree.isTextual() && tree.asText().chars().anyMatch(Character::isISOControl)) {
            throw new UnwritableDocumentException(
                    "%s cannot be written: \"%s\" has a line break or another control character"
                            .formatted(document.title(), tree.asText().strip()));
        }
        tree.forEach(part -> refuseControls(document, part));
    }

    private static Map<String, Object> functions() {
        Map<String, Object> functions = new HashMap<>();
        functions.put("cannot", (TemplateMethodModelEx) arguments -> {
            throw new UnwritableDocumentException("the guide cannot say " + text(arguments, 0));
        });
        functions.put("compact", (TemplateMethodModelEx)
                arguments -> text(arguments, 0).replace("-", ""));
        functions.put("later", (TemplateMethodModelEx) arguments -> LocalDate.parse(text(arguments, 0))
                .plusDays(Long.parseLong(text(arguments, 1)))
                .toString());
        functions.put("implied", (TemplateMethodModelEx) OutboundTemplate::implied);
        functions.put("parts", (TemplateMethodModelEx)
                arguments -> parts(text(arguments, 0), Integer.parseInt(text(arguments, 1))));
        return functions;
    }

    private String code(String kind, String name, @Nullable Standard from) {
        if (isForeign(name, from)) {
            throw new UnwritableDocumentException(
                    "the %s %s of %s has no name that %s could have a code for; name the code in the guide that it came by"
                            .formatted(kind, name, from, guide));
        }
        return names.written(kind, name);
    }

    /** A code that nobody named means something else in the other standard, or nothing. */
    private boolean isForeign(String name, @Nullable Standard from) {
        return from != null && from != standard && Names.isUnknown(name);
    }

    private String own(String kind, String code, @Nullable Standard from) {
        if (from == null || from == standard) {
            return code;
        }
        String table = "from-" + from.name().toLowerCase(Locale.ROOT);
        return names.find(table + "." + kind, code)
                .orElseThrow(() -> new UnwritableDocumentException(
                        "%s does not say what the %s %s of %s is; add %s.%s.%s to its names.properties"
                                .formatted(guide, kind, code, from, table, kind, code)));
    }

    private static String implied(List<?> arguments) throws TemplateModelException {
        BigDecimal amount = new BigDecimal(text(arguments, 0));
        int places = Integer.parseInt(text(arguments, 1));
        try {
            return amount.movePointRight(places).toBigIntegerExact().toString();
        } catch (ArithmeticException e) {
            throw new UnwritableDocumentException(
                    "The amount %s has more decimal places than the %d that this guide can say"
                            .formatted(amount.toPlainString(), places));
        }
    }

    private static List<String> parts(String text, int length) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > length) {
            int blank = rest.lastIndexOf(' ', length);
            if (blank <= 0) {
                throw new UnwritableDocumentException(
                        "The text \"%s\" cannot be divided into parts of %d characters".formatted(text, length));
            }
            parts.add(rest.substring(0, blank));
            rest = rest.substring(blank + 1);
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    private static String text(List<?> arguments, int index) throws TemplateModelException {
        Object argument = arguments.size() > index ? arguments.get(index) : "";
        return argument instanceof TemplateScalarModel text ? text.getAsString() : String.valueOf(argument);
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setRecognizeStandardFileExtensions(true);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        return configuration;
    }
}
