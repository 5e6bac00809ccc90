package io.lonja.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
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
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** A small YAML file as a JSON tree that still knows on which line everything stands. */
final class LocatedYaml {

    private static final int BYTES_MAX = 64 * 1024;
    private static final int DEPTH_MAX = 16;

    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private JsonNode tree = JsonNodeFactory.instance.objectNode();

    private LocatedYaml(Path file) {
        this.file = file;
    }

    /** Never throws for what the file holds: what cannot be read is among {@link #faults}. */
    static LocatedYaml read(Path file) {
        LocatedYaml yaml = new LocatedYaml(file);
        yaml.load();
        return yaml;
    }

    JsonNode tree() {
        return tree;
    }

    List<Fault> faults() {
        return faults;
    }

    /** The line of the value under this JSON pointer, or of the nearest one above it that is there. */
    int line(String pointer) {
        Integer line = lines.get(pointer);
        if (line != null) {
            return line;
        }
        int slash = pointer.lastIndexOf('/');
        return slash < 0 ? 1 : line(pointer.substring(0, slash));
    }

    private void load() {
        try {
            if (Files.size(file) > BYTES_MAX) {
                fault(1, "The file is larger than %d bytes.".formatted(BYTES_MAX));
                return;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            Node root = yaml().compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                tree = object(mapping, "");
            } else {
                fault(1, "The file is empty or not a table of keys and values.");
            }
        } catch (CharacterCodingException e) {
            fault(1, "The file is not UTF-8 text.");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            fault(line, "This is not YAML: %s.".formatted(e.getProblem()));
        } catch (YAMLException e) {
            fault(1, "This YAML is refused: %s.".formatted(e.getMessage()));
        } catch (IOException e) {
            fault(1, "The file cannot be read: %s.".formatted(e.getMessage()));
        }
    }

    private static Yaml yaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(BYTES_MAX);
        limits.setNestingDepthLimit(DEPTH_MAX);
        // A profile needs no repetition by reference, and without any nothing can be blown up by it.
        limits.setMaxAliasesForCollections(0);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(limits), new Representer(unused), unused, limits);
    }

    private ObjectNode object(MappingNode mapping, String pointer) {
        lines.putIfAbsent(pointer, mapping.getStartMark().getLine() + 1);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (object.has(key)) {
                fault(line, "The key `%s` stands here a second time.".formatted(key));
            } else {
                String inner = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
                lines.put(inner, line);
                object.set(key, node(tuple.getValueNode(), inner));
            }
        }
        return object;
    }

    private JsonNode node(Node node, String pointer) {
        lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(node(element, pointer + "/" + array.size()));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private JsonNode scalar(ScalarNode scalar) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.BOOL)) {
            return json.booleanNode(
                    List.of("true", "yes", "on").contains(scalar.getValue().toLowerCase(java.util.Locale.ROOT)));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            // Only counts of days and tolerances are numbers; any other is one that lacks its quotes.
            String number = scalar.getValue();
            return number.matches("[0-9]{1,6}[.][0-9]{1,6}")
                    ? json.numberNode(new BigDecimal(number))
                    : json.numberNode(number.matches("[0-9]{1,6}") ? Integer.parseInt(number) : -1);
        }
        return tag.equals(Tag.NULL) ? json.nullNode() : json.textNode(scalar.getValue());
    }

    private void fault(int line, String sentence) {
        faults.add(new Fault(file, line, sentence));
    }
}
