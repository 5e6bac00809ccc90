package io.lonja.edi;

import io.lonja.archive.ByteRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one XML document, by its guide, in the order of the document. */
final class XmlJudge {

    private static final String CURRENCY = "DocumentCurrencyCode";
    private static final Pattern DATE = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})");
    private static final Pattern BOOLEAN = Pattern.compile("true|false|1|0");

    /** An amount in a currency, the first of that currency. */
    private record Amount(String path, int position, ByteRange bytes) {}

    private final List<SyntaxError> errors = new ArrayList<>();
    private final Map<String, Amount> currencies = new LinkedHashMap<>();
    private @Nullable String currency;
    private String document = "";
    private boolean fatal;
    private boolean tooMany;

    void begins(String name) {
        document = name;
    }

    void missing(XmlUse use, String path, int position, ByteRange parent) {
        add(ErrorCode.XML_ELEMENT_MISSING, use, path, position, "", "", new ByteRange(parent.to(), parent.to()));
    }

    void tooOften(XmlUse use, String path, int position, ByteRange bytes) {
        add(ErrorCode.XML_ELEMENT_REPEATED, use, path, position, "", Phrase.times(use.max()), bytes);
    }

    void outOfOrder(XmlUse use, XmlUse before, String path, int position, ByteRange bytes) {
        add(ErrorCode.XML_ELEMENT_OUT_OF_ORDER, use, path, position, "", before.name(), bytes);
    }

    void text(XmlUse use, String text, String qualifier, String path, int position, ByteRange bytes) {
        if (text.isEmpty()) {
            if (use.min() > 0) {
                add(ErrorCode.XML_ELEMENT_EMPTY, use, path, position, "", "", bytes);
            }
            return;
        }
        String rule = rule(use, text);
        if (!rule.isEmpty()) {
            add(ErrorCode.XML_VALUE_INVALID, use, path, position, text, rule, bytes);
        } else if (!use.codes().isEmpty() && !use.codes().contains(text)) {
            add(ErrorCode.XML_CODE_NOT_SUPPORTED, use, path, position, text, String.join(", ", use.codes()), bytes);
        }
        if (!use.attribute().isEmpty() && qualifier.isEmpty()) {
            add(ErrorCode.XML_ATTRIBUTE_MISSING, use, path, position, "", use.attribute(), bytes);
        }
        if (qualifier.length() > XmlLimits.QUALIFIER_CHARACTERS_MAX) {
            String length = Phrase.XML_LENGTH.say(XmlLimits.QUALIFIER_CHARACTERS_MAX);
            add(ErrorCode.XML_VALUE_INVALID, use, path, position, qualifier, length, bytes);
        }
        if (use.type() == XmlUse.Type.AMOUNT && !qualifier.isEmpty()) {
            currencies.putIfAbsent(qualifier, new Amount(path, position, bytes));
        }
        if (path.equals(document + "/" + CURRENCY)) {
            currency = text;
        }
    }

    private static String rule(XmlUse use, String text) {
        if (text.length() > use.lengthMax()) {
            return Phrase.XML_LENGTH.say(use.lengthMax());
        }
        return switch (use.type()) {
            case TEXT -> "";
            case DATE -> isDate(text) ? "" : Phrase.XML_DATE.say();
            case DECIMAL, AMOUNT, FOREIGN_AMOUNT -> number(text);
            case BOOLEAN -> BOOLEAN.matcher(text).matches() ? "" : Phrase.XML_BOOLEAN.say();
        };
    }

    private static String number(String text) {
        if (text.length() > XmlLimits.NUMBER_CHARACTERS_MAX) {
            return Phrase.XML_LENGTH.say(XmlLimits.NUMBER_CHARACTERS_MAX);
        }
        return DECIMAL.matcher(text).matches() ? "" : Phrase.XML_DECIMAL.say();
    }

    private static boolean isDate(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return false;
        }
        try {
            LocalDate.parse(date.group(1));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What became of the document: refused by any error but one that is only told. */
    Verdict verdict() {
        String own = currency;
        if (own != null) {
            currencies.forEach((other, amount) -> {
                if (!other.equals(own)) {
                    add(
                            ErrorCode.XML_CURRENCY_DIFFERS,
                            null,
                            amount.path(),
                            amount.position(),
                            other,
                            own,
                            amount.bytes());
                }
            });
        }
        if (errors.isEmpty()) {
            return new Verdict.Accepted();
        }
        List<SyntaxError> all = List.copyOf(errors);
        return fatal ? new Verdict.Refused(all) : new Verdict.AcceptedWithErrors(all);
    }

    private void add(
            ErrorCode code,
            @Nullable XmlUse use,
            String path,
            int position,
            String found,
            String rule,
            ByteRange bytes) {
        fatal |= code.fatal();
        if (tooMany) {
            return;
        }
        if (errors.size() >= Limits.TRANSACTION_SET_ERRORS_MAX) {
            tooMany = true;
            fatal = true;
            errors.add(new SyntaxError(
                    0,
                    "",
                    0,
                    0,
                    ErrorCode.TOO_MANY_ERRORS,
                    "",
                    Expectation.rule(Integer.toString(Limits.TRANSACTION_SET_ERRORS_MAX)),
                    bytes));
            return;
        }
        errors.add(new SyntaxError(
                position,
                path,
                0,
                0,
                code,
                Wire.shortened(found),
                new Expectation(use == null ? "" : use.title(), "", rule),
                bytes));
    }
}
