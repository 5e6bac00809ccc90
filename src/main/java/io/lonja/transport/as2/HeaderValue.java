package io.lonja.transport.as2;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value with parameters: {@code multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256}.
 *
 * @param value what stands before the first semicolon, in lower case
 * @param parameters by name in lower case, quotes taken off; of a repeated one the first counts
 */
record HeaderValue(String value, Map<String, String> parameters) {

    HeaderValue {
        parameters = Map.copyOf(parameters);
    }

    static HeaderValue parse(String text) {
        int semicolon = text.indexOf(';');
        String value = semicolon < 0 ? text : text.substring(0, semicolon);
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = semicolon < 0 ? text.length() : semicolon + 1;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            int next = text.indexOf(';', at);
            if (equals < 0) {
                break;
            }
            if (next >= 0 && next < equals) {
                at = next + 1;
                continue;
            }
            String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            at = equals + 1;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            StringBuilder found = new StringBuilder();
            at = at < text.length() && text.charAt(at) == '"' ? quoted(text, at + 1, found) : token(text, at, found);
            parameters.putIfAbsent(name, found.toString());
        }
        return new HeaderValue(value.strip().toLowerCase(Locale.ROOT), parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** {@code application/pkcs7-mime}, also under its name before it was registered. */
    boolean isCms() {
        return value.equals("application/pkcs7-mime") || value.equals("application/x-pkcs7-mime");
    }

    /** Text with quotes and backslashes taken off when it is quoted: an AS2 name (RFC 4130, section 6.2). */
    static String unquoted(String text) {
        String stripped = text.strip();
        if (stripped.length() < 2 || stripped.charAt(0) != '"' || !stripped.endsWith("\"")) {
            return stripped;
        }
        StringBuilder found = new StringBuilder();
        quoted(stripped, 1, found);
        return found.toString();
    }

    private static int quoted(String text, int from, StringBuilder found) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            found.append(text.charAt(at++));
        }
        int semicolon = text.indexOf(';', Math.min(at, text.length()));
        return semicolon < 0 ? text.length() : semicolon + 1;
    }

    private static int token(String text, int from, StringBuilder found) {
        int semicolon = text.indexOf(';', from);
        int end = semicolon < 0 ? text.length() : semicolon;
        found.append(text.substring(from, end).strip());
        return semicolon < 0 ? end : end + 1;
    }
}
