package io.lonja.cli;

import io.lonja.partner.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The house rules of {@code routes/}: a file is named after the one thing it holds, everything is described, every
 * {@code direct:} seam that is asked is answered once, and every bean that is called is there.
 */
final class RouteFiles {

    private static final String SUFFIX = ".camel.yaml";
    private static final Map<String, String> ID_KEYS = Map.of(
            "route",
            "id",
            "routeTemplate",
            "id",
            "route-template",
            "id",
            "routeConfiguration",
            "id",
            "route-configuration",
            "id");
    private static final Set<String> DESCRIBED = Set.of("route", "routeTemplate", "route-template");

    private final Path folder;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, List<Place>> answered = new HashMap<>();
    private final Map<String, List<Place>> asked = new HashMap<>();

    private record Place(Path file, int line) {}

    RouteFiles(Path folder) {
        this.folder = folder;
    }

    List<Fault> faults() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
        checkSeams();
        return faults;
    }

    private void checkSeams() {
        asked.forEach((seam, places) -> {
            if (!answered.containsKey(seam)) {
                places.forEach(place ->
                        faults.add(new Fault(place.file(), place.line(), "No route answers `%s`.".formatted(seam))));
            }
        });
        answered.forEach((seam, places) -> places.stream()
                .skip(1)
                .forEach(place -> faults.add(new Fault(
                        place.file(),
                        place.line(),
                        "`%s` is answered by %s:%d already."
                                .formatted(
                                        seam,
                                        folder.relativize(places.get(0).file()),
                                        places.get(0).line())))));
    }

    private void read(Path file) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(Files.newBufferedReader(file));
            if (!(root instanceof SequenceNode sequence)) {
                faults.add(new Fault(file, 1, "A route file is a list: it starts with `- route:`."));
                return;
            }
            for (Node element : sequence.getValue()) {
                checkNamed(file, element);
                walk(file, element);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            faults.add(new Fault(file, line, "This is not YAML: %s.".formatted(e.getProblem())));
        } catch (YAMLException | IOException e) {
            faults.add(new Fault(file, 1, "The file cannot be read: %s.".formatted(e.getMessage())));
        }
    }

    private void checkNamed(Path file, Node element) {
        if (!(element instanceof MappingNode mapping)) {
            return;
        }
        String name = file.getFileName().toString();
        String expected = name.substring(0, name.length() - SUFFIX.length());
        for (NodeTuple tuple : mapping.getValue()) {
            String kind = text(tuple.getKeyNode());
            if (!ID_KEYS.containsKey(kind) || !(tuple.getValueNode() instanceof MappingNode content)) {
                continue;
            }
            String id = value(content, "id");
            if (!expected.equals(id)) {
                faults.add(new Fault(
                        file,
                        line(tuple.getKeyNode()),
                        "The %s's id is `%s`, the file's name says `%s`; they must be the same."
                                .formatted(kind, id == null ? "" : id, expected)));
            }
            if (DESCRIBED.contains(kind) && value(content, "description") == null) {
                faults.add(new Fault(file, line(tuple.getKeyNode()), "The %s has no `description`.".formatted(kind)));
            }
        }
    }

    private void walk(Path file, Node node) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> walk(file, element));
        }
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            Node value = tuple.getValueNode();
            String uri = value instanceof MappingNode inner ? value(inner, "uri") : text(value);
            if (uri != null && uri.startsWith("direct:")) {
                Map<String, List<Place>> side = key.equals("from") ? answered : key.equals("uri") ? Map.of() : asked;
                if (!key.equals("uri")) {
                    side.computeIfAbsent(seam(uri), seam -> new ArrayList<>()).add(new Place(file, line(value)));
                }
            }
            if (key.equals("bean") && value instanceof MappingNode bean) {
                checkBean(file, bean);
            }
            walk(file, value);
        }
    }

    private static String seam(String uri) {
        int options = uri.indexOf('?');
        return options < 0 ? uri : uri.substring(0, options);
    }

    private void checkBean(Path file, MappingNode bean) {
        String type = value(bean, "beanType");
        String method = value(bean, "method");
        if (type == null || type.contains("{{")) {
            return;
        }
        try {
            Class<?> beanType = Class.forName(type, false, RouteFiles.class.getClassLoader());
            String name = method == null ? "" : method.replaceAll("\\(.*", "");
            if (method != null
                    && Arrays.stream(beanType.getMethods()).map(Method::getName).noneMatch(name::equals)
                    && Arrays.stream(beanType.getDeclaredMethods())
                            .map(Method::getName)
                            .noneMatch(name::equals)) {
                faults.add(new Fault(file, line(bean), "%s has no method `%s`.".formatted(type, name)));
            }
        } catch (ClassNotFoundException e) {
            faults.add(new Fault(file, line(bean), "There is no class `%s`.".formatted(type)));
        }
    }

    private static @Nullable String value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> key.equals(text(tuple.getKeyNode())))
                .map(tuple -> text(tuple.getValueNode()))
                .findFirst()
                .orElse(null);
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
