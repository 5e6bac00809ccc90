package io.lonja.edi;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences that people read, by key: a file for each language, and the English one for what it leaves out. */
final class Sentences {

    /** Those of {@code sentences.properties} (UTF-8), or of its translation into the language of this process. */
    static final Sentences HERE = of(Locale.getDefault(), Sentences.class.getClassLoader());

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    private final ResourceBundle sentences;

    private Sentences(ResourceBundle sentences) {
        this.sentences = sentences;
    }

    /** The sentences in this language as far as there is a file for it. */
    static Sentences of(Locale locale, ClassLoader files) {
        return new Sentences(ResourceBundle.getBundle(
                "io.lonja.edi.sentences",
                locale,
                files,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    /**
     * The sentence with its placeholders filled in, in one go: what looks like a placeholder in a value stays as it is.
     *
     * @throws java.util.MissingResourceException when there is none with this key
     * @throws IllegalStateException when it has a placeholder that nothing is given for
     */
    String say(String key, Map<String, String> values) {
        return PLACEHOLDER.matcher(sentences.getString(key)).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("Nothing is said for %s in %s".formatted(found.group(), key));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
