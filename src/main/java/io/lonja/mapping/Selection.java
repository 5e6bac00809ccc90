package io.lonja.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import org.jaxen.Context;
import org.jaxen.pattern.Pattern;
import org.jspecify.annotations.Nullable;
import org.smooks.Smooks;
import org.smooks.api.ExecutionContext;
import org.smooks.api.Registry;
import org.smooks.api.resource.config.ResourceConfig;
import org.smooks.api.resource.config.ResourceConfigSeq;
import org.smooks.cartridges.javabean.BeanInstanceCreator;
import org.smooks.cartridges.javabean.BeanInstancePopulator;
import org.smooks.engine.delivery.AbstractParser;
import org.smooks.engine.delivery.sax.ng.SaxNgContentDeliveryConfig;
import org.smooks.engine.lookup.ResourceConfigSeqsLookup;
import org.smooks.engine.resource.config.GlobalParamsResourceConfig;
import org.smooks.engine.resource.config.xpath.IndexedSelectorPath;
import org.smooks.engine.resource.config.xpath.step.ElementSelectorStep;
import org.w3c.dom.Element;

/**
 * What a mapping selects, decided where the tree is known instead of by Smooks at every element: each way of selecting
 * that its file uses ({@code loop-SG25/QTY[@e1 = '21']}) gets an element name of its own, the reader writes an element under
 * it where a segment or loop is selected so, with the attributes that are asked for, and leaves out everything else. Smooks then
 * has nothing to try: what it binds to a name is what was meant. Immutable but for what it remembers; for many threads.
 */
final class Selection {

    /**
     * One way of selecting.
     *
     * @param element what the reader writes
     * @param selector the first that selects so
     * @param tested null where no code is asked for
     * @param asked in the order of the file
     */
    record Selected(
            String element, Selector selector, @Nullable SegmentAttribute tested, List<SegmentAttribute> asked) {}

    /** Settings of Smooks, our reader and decoders with parameters stand among the resources, and select nothing. */
    private static final Set<String> OF_SMOOKS =
            Set.of(GlobalParamsResourceConfig.GLOBAL_PARAMETERS, AbstractParser.ORG_XML_SAX_DRIVER);

    private static final String DECODER = "decoder:";

    private final List<Selected> all;
    private final Set<String> tags;
    private final Level root;

    private Selection(List<Selected> all) {
        this.all = all;
        this.tags = all.stream()
                .map(each -> each.selector().last().name())
                .filter(name -> TransactionSetReader.TAG.matcher(name).matches())
                .collect(Collectors.toUnmodifiableSet());
        this.root = new Level(List.of(TransactionSetReader.ROOT));
    }

    /**
     * Puts the names into the configuration of Smooks, which must not have been used.
     *
     * @return empty where one selector, or what it feeds, can only be judged by Smooks; nothing is changed then
     */
    static Optional<Selection> in(Smooks smooks) {
        Map<ResourceConfig, Selector> selectors = new LinkedHashMap<>();
        for (ResourceConfigSeq file :
                smooks.getApplicationContext().getRegistry().lookup(new ResourceConfigSeqsLookup())) {
            for (int i = 0; i < file.size(); i++) {
                ResourceConfig resource = file.get(i);
                String written = resource.getSelectorPath().getSelector();
                if (OF_SMOOKS.contains(written) || written.startsWith(DECODER)) {
                    continue;
                }
                Optional<Selector> selector = decidable(resource);
                if (selector.isEmpty()) {
                    return Optional.empty();
                }
                selectors.put(resource, selector.get());
            }
        }
        Map<List<Selector.Step>, List<Selector>> ways = selectors.values().stream()
                .collect(Collectors.groupingBy(Selector::steps, LinkedHashMap::new, Collectors.toList()));
        Map<List<Selector.Step>, Selected> selected = new LinkedHashMap<>();
        ways.forEach((steps, same) -> selected.put(steps, selected(selected.size(), same)));
        List<NamedPath> paths = new ArrayList<>();
        selectors.forEach((resource, selector) -> {
            String element =
                    Objects.requireNonNull(selected.get(selector.steps())).element();
            NamedPath path = new NamedPath(element, selector.attribute());
            paths.add(path);
            resource.setSelectorPath(path);
        });
        ExecutionContext first = smooks.createExecutionContext(); // builds the index of names
        paths.forEach(NamedPath::forgetSteps);
        forgetBeanMakers(smooks.getApplicationContext().getRegistry());
        if (first.getContentDeliveryRuntime().getContentDeliveryConfig() instanceof SaxNgContentDeliveryConfig visits) {
            forgetIdleVisits(visits);
        }
        return Optional.of(new Selection(List.copyOf(selected.values())));
    }

    /**
     * Twice a document Smooks looks through its register for those who want to be told of it. Makers of beans do not, the index
     * holds them, and there are hundreds.
     */
    private static void forgetBeanMakers(Registry registry) {
        List<Object> makers = registry.lookup(all -> all.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof BeanInstanceCreator
                        || entry.getValue() instanceof BeanInstancePopulator)
                .map(Map.Entry::getKey)
                .toList());
        makers.forEach(registry::deRegisterObject);
    }

    /**
     * What fills beans does so when an element begins; Smooks matches it at each child and at the end as well, for texts of
     * elements, and ours have none.
     */
    private static void forgetIdleVisits(SaxNgContentDeliveryConfig visits) {
        visits.getChildVisitorIndex().clear();
        visits.getAfterVisitorIndex()
                .values()
                .forEach(after ->
                        after.removeIf(binding -> binding.getContentHandler() instanceof BeanInstancePopulator));
    }

    private static Selected selected(int ordinal, List<Selector> same) {
        Selector first = same.get(0);
        String tested = first.last().attribute();
        Set<String> asked = new LinkedHashSet<>();
        for (Selector selector : same) {
            if (selector.attribute() != null) {
                asked.add(selector.attribute());
            }
        }
        return new Selected(
                first.last().name() + "." + ordinal,
                first,
                tested == null ? null : SegmentAttribute.named(tested),
                asked.stream().map(SegmentAttribute::named).toList());
    }

    /** Only what makes beans, and fills them with attributes and beans: nothing else that runs could tell the names apart. */
    private static Optional<Selector> decidable(ResourceConfig resource) {
        if (resource.getSelectorPath().getConditionEvaluator() != null) {
            return Optional.empty();
        }
        Optional<Selector> selector =
                Selector.parse(resource.getSelectorPath().getSelector()).filter(Selector::isDecidedByPlace);
        String kind = Objects.requireNonNullElse(resource.getResource(), "");
        if (kind.equals(BeanInstanceCreator.class.getName())) {
            return selector.filter(each -> each.attribute() == null);
        }
        if (!kind.equals(BeanInstancePopulator.class.getName())) {
            return Optional.empty();
        }
        if (resource.getParameterValue("wireBeanId", String.class) != null) {
            return selector;
        }
        String property = resource.getParameterValue("property", String.class);
        if (property == null || property.startsWith("@") || resource.getParameter("expression", Object.class) != null) {
            return Optional.empty();
        }
        String bound = resource.getParameterValue("valueAttributeName", String.class);
        return selector.filter(each -> bound != null && bound.equals(each.attribute()));
    }

    /** Where the reader begins: in the element of the whole set. */
    Level root() {
        return root;
    }

    /** A loop in the loops around it: what is selected there. */
    final class Level {

        private final List<String> path;
        private final List<Selected> here;
        private final Map<String, Level> loops = new ConcurrentHashMap<>();
        private final Map<String, List<Selected>> segments = new ConcurrentHashMap<>();

        private Level(List<String> path) {
            this.path = path;
            this.here = at(path);
        }

        /** How the loop itself is selected, in the order of the file. */
        List<Selected> here() {
            return here;
        }

        Level loop(String name) {
            Level known = loops.get(name);
            return known != null
                    ? known
                    : loops.computeIfAbsent(name, first -> new Level(with(TransactionSetReader.LOOP + first)));
        }

        /** How a segment with this tag is selected, in the order of the file; codes have to be looked at. */
        List<Selected> segment(String tag) {
            if (!tags.contains(tag)) {
                return List.of();
            }
            List<Selected> known = segments.get(tag);
            return known != null ? known : segments.computeIfAbsent(tag, first -> at(with(first)));
        }

        private List<String> with(String element) {
            List<String> longer = new ArrayList<>(path);
            longer.add(element);
            return longer;
        }

        private List<Selected> at(List<String> elements) {
            return all.stream().filter(each -> each.selector().ends(elements)).toList();
        }
    }

    /** Selects by the name of the element alone, and an attribute where the element has it. */
    private static final class NamedPath extends IndexedSelectorPath {

        private static final Properties NO_NAMESPACES = new NoNamespaces();

        private final Pattern asked;

        NamedPath(String element, @Nullable String attribute) {
            super(element);
            this.asked = new Asked(attribute);
            add(new ElementSelectorStep(XMLConstants.NULL_NS_URI, element, XMLConstants.DEFAULT_NS_PREFIX));
        }

        /** Smooks takes the name from the step while it builds its index; later it would only compare it again. */
        void forgetSteps() {
            clear();
        }

        @Override
        public Pattern getPattern() {
            return asked;
        }

        @Override
        public Properties getNamespaces() {
            return NO_NAMESPACES;
        }
    }

    /** Smooks copies the names of the namespaces at each comparison. */
    private static final class NoNamespaces extends Properties {

        private static final long serialVersionUID = 1;

        @Override
        public Set<String> stringPropertyNames() {
            return Set.of();
        }
    }

    private static final class Asked extends Pattern {

        private final @Nullable String attribute;

        Asked(@Nullable String attribute) {
            this.attribute = attribute;
        }

        @Override
        public boolean matches(Object node, Context ignored) {
            return attribute == null || ((Element) node).hasAttribute(attribute);
        }

        @Override
        public String getText() {
            return attribute == null ? "" : "@" + attribute;
        }
    }
}
