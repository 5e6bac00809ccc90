package io.lonja.mapping;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;

/** What a guide's codes are called in business documents: its {@code names.properties}. */
final class Names {

    private static final String UNKNOWN = "qualifier-";

    private final String guide;
    private final Map<String, String> names;

    private Names(String guide, Map<String, String> names) {
        this.guide = guide;
        this.names = names;
    }

    /**
     * The table of this guide.
     *
     * @throws IllegalArgumentException when there is none, or a price basis in it is not 1, 10, 100 …: only these divide any price exactly
     */
    static Names in(GuideFolder folder) {
        byte[] file = folder.files().get(GuideFolder.NAMES);
        if (file == null) {
            throw new IllegalArgumentException("%s has a mapping but no %s; add the file that names its codes"
                    .formatted(folder.name(), GuideFolder.NAMES));
        }
        Properties lines = new Properties();
        try {
            lines.load(new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8.newDecoder()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s/%s cannot be read: %s".formatted(folder.name(), GuideFolder.NAMES, e.getMessage()), e);
        }
        Map<String, String> names = new HashMap<>();
        lines.stringPropertyNames().forEach(key -> {
            String value = lines.getProperty(key).strip();
            if (key.startsWith("basis.") && !value.matches("10{0,6}")) {
                throw new IllegalArgumentException("%s/%s: %s must be 1, 10, 100 or another power of ten, not %s"
                        .formatted(folder.name(), GuideFolder.NAMES, key, value));
            }
            names.put(key, value);
        });
        return new Names(folder.name(), names);
    }

    /** What the code is called; empty when the table does not have it. */
    Optional<String> find(String kind, String code) {
        return Optional.ofNullable(names.get(kind + "." + code));
    }

    /** What the code is called, {@code qualifier-XX} when the table does not have it. */
    String name(String kind, String code) {
        return find(kind, code).orElse(UNKNOWN + code);
    }

    /**
     * The code for a name: what the table says is written ({@code write.item.buyer-item = IN}), else the only code that is
     * called so. {@code qualifier-XX} stands for XX, and a number that keeps names apart ({@code gtin-2}) for nothing.
     *
     * @throws UnwritableDocumentException when there is none, or several and nothing says which is written
     */
    String written(String kind, String name) {
        String plain = name.replaceFirst("-[0-9]{1,4}$", "");
        Optional<String> said = find("write." + kind, name).or(() -> find("write." + kind, plain));
        if (said.isPresent()) {
            return said.get();
        }
        if (isUnknown(name)) {
            return (isUnknown(plain) ? plain : name).substring(UNKNOWN.length());
        }
        List<String> codes = names.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + ".")
                        && (entry.getValue().equals(name) || entry.getValue().equals(plain)))
                .map(entry -> entry.getKey().substring(kind.length() + 1))
                .sorted()
                .toList();
        if (codes.size() == 1) {
            return codes.get(0);
        }
        throw new UnwritableDocumentException(
                codes.isEmpty()
                        ? "%s has no code for the %s %s; add one to its %s"
                                .formatted(guide, kind, name, GuideFolder.NAMES)
                        : "%s has several codes for the %s %s (%s); say in its %s which is written: write.%s.%s = %s"
                                .formatted(
                                        guide,
                                        kind,
                                        name,
                                        String.join(", ", codes),
                                        GuideFolder.NAMES,
                                        kind,
                                        plain,
                                        codes.get(0)));
    }

    /** Whether the name only stands for a code of the standard that a document came in: {@code qualifier-358}. */
    static boolean isUnknown(String name) {
        return name.startsWith(UNKNOWN);
    }

    /** Whether {@link #written} has a code for the name. */
    boolean has(String kind, String name) {
        try {
            written(kind, name);
            return true;
        } catch (UnwritableDocumentException none) {
            return false;
        }
    }

    /** How many units a price with this basis is for; empty when the table does not have it. */
    Optional<BigDecimal> basis(String code) {
        return code.isEmpty()
                ? Optional.of(BigDecimal.ONE)
                : find("basis", code).map(BigDecimal::new);
    }

    /** Keeps every value: a second one under the same name gets {@code -2} behind it, and so on. */
    static <V> void keep(SortedMap<String, V> values, String name, V value) {
        String free = name;
        for (int i = 2; values.containsKey(free) && !value.equals(values.get(free)); i++) {
            free = name + "-" + i;
        }
        values.put(free, value);
    }
}
