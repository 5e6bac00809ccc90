package io.lonja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;

/** Draws the modules from their first sentences, and demands that the documentation shows this picture. */
class ModulePictureTests {

    private static final Path SOURCES = Path.of("src/main/java/io/lonja");
    private static final Path COMMITTED = Path.of("src/docs/modules.md");
    private static final Path DRAWN = Path.of("target/modules.md");
    private static final Pattern SENTENCE =
            Pattern.compile("/\\*\\*\\s*(?:\\* )?(.+?)(?:\\s*\\*/|\\n)", Pattern.DOTALL);

    private record Module(String sentence, List<String> mayTouch) {}

    @Test
    void theDocumentationShowsTheModulesAsTheyAre() throws Exception {
        String picture = picture(modules());
        Files.createDirectories(DRAWN.getParent());
        Files.writeString(DRAWN, picture);

        assertThat(Files.readString(COMMITTED))
                .as("%s is out of date: copy %s over it", COMMITTED, DRAWN)
                .isEqualTo(picture);
    }

    private static Map<String, Module> modules() throws IOException, ClassNotFoundException {
        Map<String, Module> modules = new TreeMap<>();
        try (Stream<Path> folders = Files.list(SOURCES)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                String name = folder.getFileName().toString();
                Matcher sentence = SENTENCE.matcher(Files.readString(folder.resolve("package-info.java")));
                assertThat(sentence.find()).as("%s opens with a sentence", name).isTrue();
                ApplicationModule module =
                        Class.forName("io.lonja." + name + ".package-info").getAnnotation(ApplicationModule.class);
                assertThat(module).as("%s says what it may touch", name).isNotNull();
                modules.put(
                        name,
                        new Module(
                                sentence.group(1)
                                        .replaceAll("\\{@link [a-z.]*\\.([^}]+)}", "`$1`")
                                        .replaceAll("\\{@code ([^}]+)}", "`$1`")
                                        .strip(),
                                Stream.of(module.allowedDependencies()).sorted().toList()));
            }
        }
        return modules;
    }

    private static String picture(Map<String, Module> modules) {
        StringBuilder picture = new StringBuilder("""
                # Modules

                Drawn by a test from each module's `package-info.java`. An arrow says *may use*; what follows from other
                arrows is left out, and so are `cli` and `portal`, which may use nearly everything.

                ```mermaid
                graph TD
                """);
        Map<String, List<String>> drawn = new LinkedHashMap<>();
        modules.forEach((name, module) -> {
            if (!name.equals("cli") && !name.equals("portal")) {
                drawn.put(name, withoutWhatFollows(module.mayTouch(), modules));
            }
        });
        drawn.forEach((name, uses) -> uses.forEach(used -> picture.append("  %s --> %s%n".formatted(name, used))));
        picture.append("```\n\n| module | its sentence | may use |\n|---|---|---|\n");
        modules.forEach((name, module) -> picture.append("| `%s` | %s | %s |\n"
                .formatted(
                        name,
                        module.sentence(),
                        module.mayTouch().isEmpty()
                                ? "–"
                                : module.mayTouch().stream().collect(Collectors.joining(", ")))));
        return picture.toString();
    }

    private static List<String> withoutWhatFollows(List<String> uses, Map<String, Module> modules) {
        List<String> direct = new ArrayList<>();
        for (String use : uses) {
            boolean follows = uses.stream().anyMatch(other -> !other.equals(use) && reaches(other, use, modules));
            if (!follows) {
                direct.add(use);
            }
        }
        return direct;
    }

    private static boolean reaches(String from, String to, Map<String, Module> modules) {
        return modules.get(from).mayTouch().stream().anyMatch(next -> next.equals(to) || reaches(next, to, modules));
    }
}
