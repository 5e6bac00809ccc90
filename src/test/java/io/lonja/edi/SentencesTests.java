package io.lonja.edi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lonja.archive.ByteRange;
import java.io.IOException;
import java.io.Reader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencesTests {

    private static final Path FOLDER = Path.of("src/main/resources/io/lonja/edi");
    private static final Path SOURCES = Path.of("src/main/java/io/lonja/edi");
    private static final Set<String> OF_AN_ERROR = Set.of("place", "found", "seen", "rule");
    private static final Pattern CALL = Pattern.compile("Phrase\\.([A-Z][A-Z0-9_]+)\\.say\\(");
    private static final Pattern NAMED = Pattern.compile("Phrase\\.([A-Z][A-Z0-9_]+)\\b");

    @TempDir
    private Path translation;

    @Test
    void everyKeyThatTheCodeCanUseIsThereAndNoOther() throws IOException {
        assertThat(read(FOLDER.resolve("sentences.properties")).keySet()).isEqualTo(asked().keySet());
    }

    @Test
    void everyPlaceholderIsFilledIn() throws IOException {
        assertThat(misfits(read(FOLDER.resolve("sentences.properties")))).isEmpty();
    }

    @Test
    void everyTranslationFits() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(it -> it.getFileName().toString().startsWith("sentences_"))
                    .toList()) {
                assertThat(misfits(read(file))).as(file.toString()).isEmpty();
            }
        }
    }

    @Test
    void aTranslationThatDoesNotFitIsFound() {
        assertThat(misfits(Map.of(
                        "phrase.empty", "vacío",
                        "phrase.digits", "{cuenta} cifras",
                        "phrase.bytes", "muchos bytes",
                        "error.not-edi", "Esto no es EDI: {byte}",
                        "phrase.unheard-of", "inaudito")))
                .containsExactlyInAnyOrder("phrase.digits", "phrase.bytes", "error.not-edi", "phrase.unheard-of");
    }

    @Test
    void everyCallGivesWhatThePhraseIsAboutAndNoPhraseIsLeftOver() throws IOException {
        Set<String> named = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                NAMED.matcher(source).results().forEach(match -> named.add(match.group(1)));
                Matcher call = CALL.matcher(source);
                while (call.find()) {
                    Phrase phrase = Phrase.valueOf(call.group(1));
                    if (arguments(source, call.end()) != phrase.names().size()) {
                        wrong.add(file.getFileName() + ": " + phrase);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        // These two are said by Phrase itself, which does not write its own name.
        named.addAll(List.of("ONE_TIME", "TIMES"));
        assertThat(named)
                .containsAll(Stream.of(Phrase.values()).map(Phrase::name).toList());
    }

    @Test
    void aPhraseIsNotSaidAboutTooLittle() {
        assertThatThrownBy(() -> Phrase.DIGITS.say()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherLanguageIsAFileAndEnglishWhatItLeavesOut() throws IOException {
        Path folder = Files.createDirectories(translation.resolve("io/lonja/edi"));
        Files.writeString(folder.resolve("sentences_es.properties"), "phrase.digits = {count} cifras, según el año\n");
        try (URLClassLoader files =
                new URLClassLoader(new URL[] {translation.toUri().toURL()}, SentencesTests.class.getClassLoader())) {
            Sentences spanish = Sentences.of(Locale.forLanguageTag("es-MX"), files);
            assertThat(spanish.say("phrase.digits", Map.of("count", "5"))).isEqualTo("5 cifras, según el año");
            assertThat(spanish.say("phrase.bytes", Map.of("count", "5"))).isEqualTo("5 bytes");
            Sentences french = Sentences.of(Locale.FRENCH, files);
            assertThat(french.say("phrase.digits", Map.of("count", "5"))).isEqualTo("5 digits");
        }
    }

    @Test
    void whatTheSenderWroteIsNoPlaceholder() {
        SyntaxError error = new SyntaxError(
                2,
                "{found}",
                3,
                0,
                ErrorCode.ELEMENT_TOO_LONG,
                "{rule} $1 \\ \u001b[31m",
                new Expectation("{seen}", "", "{place}"),
                new ByteRange(0, 1));
        assertThat(error.sentence())
                .isEqualTo(
                        "{found}03 ({seen}) in segment 2 is longer than {place}: \"{rule} $1 \\ <1B>[31m\"; shorten it.");
    }

    /** Keys, each with the names that may be filled in; those of a phrase all have to be. */
    private static Map<String, Set<String>> asked() {
        Map<String, Set<String>> asked = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            asked.put(code.key(false), OF_AN_ERROR);
            asked.put(code.key(true), OF_AN_ERROR);
        }
        for (Phrase phrase : Phrase.values()) {
            asked.put(phrase.key(), Set.copyOf(phrase.names()));
        }
        return asked;
    }

    private static List<String> misfits(Map<String, String> sentences) {
        Map<String, Set<String>> asked = asked();
        return sentences.entrySet().stream()
                .filter(entry -> {
                    Set<String> known = asked.getOrDefault(entry.getKey(), Set.of("no such key"));
                    Set<String> used = new TreeSet<>();
                    Pattern.compile("\\{([^}]*)}?")
                            .matcher(entry.getValue())
                            .results()
                            .forEach(it -> used.add(it.group(1)));
                    return known.equals(OF_AN_ERROR) ? !known.containsAll(used) : !known.equals(used);
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        }
        Map<String, String> sentences = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> sentences.put(key, properties.getProperty(key)));
        return sentences;
    }

    /** How many arguments stand between the opening bracket before this place and its end. */
    private static int arguments(String source, int from) {
        int depth = 1;
        int commas = 0;
        boolean any = false;
        boolean text = false;
        for (int i = from; depth > 0; i++) {
            char c = source.charAt(i);
            if (text) {
                i += c == '\\' ? 1 : 0;
                text = c != '"';
            } else if (c == '"') {
                text = true;
                any = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 1) {
                commas++;
            } else {
                any |= !Character.isWhitespace(c);
            }
        }
        return any ? commas + 1 : 0;
    }
}
