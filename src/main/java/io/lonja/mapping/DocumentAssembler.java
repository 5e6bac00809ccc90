package io.lonja.mapping;

import io.lonja.document.Answer;
import io.lonja.document.Change;
import io.lonja.document.DocumentType;
import io.lonja.document.PricedDocument;
import io.lonja.document.PricedDocument.Adjustment;
import io.lonja.document.PricedDocument.Line;
import io.lonja.document.PricedDocument.Tax;
import io.lonja.document.PricedDocument.Terms;
import io.lonja.document.PricedDocument.Totals;
import io.lonja.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a business document of the maps that a guide's Smooks file fills, computes what it amounts to, and compares
 * that with what the source states. The names it knows:
 *
 * <ul>
 *   <li>document: {@code number date type purpose currency payable due prepaid rounding lineCount quantityHash}, for a response to
 *       an order, and a change of one, {@code answer response answered request order orderDate}, {@code reference.…}, {@code
 *       date.…} and, of lines, {@code item.…} for what needs no qualifier, {@code dueDate} for terms that do not say one, and the lists {@code parties references dates terms adjustments
 *       taxes taxTotals totals lines texts}; where there is a tax total, taxes of the header only repeat it, and those of
 *       lines say the rates
 *   <li>party: {@code role name name2 … name5 qualifier code city state postcode country}, lists {@code address} of
 *       {@code first … fifth} (with the name first where {@code unstructured} is set) and {@code numbers} of {@code
 *       qualifier value}; date: {@code qualifier value format}; reference: {@code qualifier value line}, list {@code
 *       dates}; total: {@code qualifier value currency}
 *   <li>adjustment: {@code kind code amount percent rate quantity handling description}; tax: {@code category amount
 *       rate relation base exemption reason reasonCode}; text: {@code qualifier text … text5}; terms: {@code description discountPercent discountDays discountUntil netDays
 *       netDue}, or {@code kind description count period percent} and the list {@code dates}
 *   <li>line: {@code number quantity unit price basis items net part flag} (that of the document, which is its type), in a change {@code change left difference}, and the lists {@code prices} of {@code kind price
 *       basis}, {@code itemCodes} of {@code use codes}, {@code descriptions} of {@code text text2}, {@code references
 *       dates adjustments taxes texts}; {@code destinations} of {@code unit qualifier shares} or {@code unit qualifier location
 *       quantity}; {@code answers} of {@code status quantity unit qualifier date items} and the list {@code dates}, or {@code
 *       action reason} and the lists {@code quantities} of {@code qualifier quantity unit} and {@code deliveries} of the
 *       same and the list {@code dates}
 * </ul>
 *
 * <p>What a quotation has besides is told in {@link Quoted}.
 *
 * <p>{@code at} says where a thing stands, and {@code payableAt}, {@code countsAt}, {@code currencyAt}, {@code netAt}
 * where that value does. All values are texts.
 */
final class DocumentAssembler {

    /** Ten trillion euros: no trade is larger, and nine thousand of them can be added up. */
    private static final long MINOR_UNITS_MAX = 1_000_000_000_000_000L;

    private static final Map<String, String> SENTENCES = Map.of(
            "payable",
            "%s says that the total is %s, but lines, allowances, charges and taxes come to %s; ask the sender to correct and resend it.",
            "net",
            "%s says that the total without tax is %s, but it comes to %s; ask the sender to correct and resend it.",
            "lines",
            "%s says that the lines come to %s, but they come to %s; ask the sender to correct and resend it.",
            "tax",
            "%s says that the taxes come to %s, but they come to %s; ask the sender to correct and resend it.");

    /** What the guide's names call the answer to an order whose lines alone answer. */
    private static final String BY_LINES = "by-lines";

    private final Fields source;
    private final Names names;
    private final Problems problems = new Problems();

    private DocumentAssembler(Fields source, Names names) {
        this.source = source;
        this.names = names;
    }

    static Mapped assemble(Fields source, DocumentType guideType, Names names, MappingContext context) {
        DocumentAssembler assembler = new DocumentAssembler(source, names);
        DocumentType type = assembler.type(guideType);
        PricedDocument content = null;
        try {
            content = assembler.document(type, context);
        } catch (ArithmeticException e) {
            assembler.problems.add(
                    "amount-too-large",
                    source.place(),
                    "%s: an amount of this document is larger than the hub can count; ask the sender to correct and resend it.");
        }
        return new Mapped(type, content, assembler.problems.found());
    }

    private DocumentType type(DocumentType guideType) {
        String code = source.text("type");
        if (code.isEmpty()) {
            return guideType;
        }
        if (names.find("debit", code).isPresent()) {
            problems.add(
                    "debit-not-booked",
                    source.place(),
                    "%s: this asks for more money for goods that were invoiced already, and a second invoice for them would count them twice; settle it with the sender, who can credit the first invoice and send a new one.");
            return guideType;
        }
        return names.find("type", code).map(DocumentType::of).orElseGet(() -> {
            problems.add(
                    "type-unknown",
                    source.place(),
                    "%s: it is not known whether the type code %s makes an invoice or a credit note; list the code in the guide's names.properties.",
                    code);
            return guideType;
        });
    }

    private @Nullable PricedDocument document(DocumentType type, MappingContext context) {
        Heading heading = new Heading(source, names, problems);
        boolean changes = type == DocumentType.ORDER_CHANGE;
        Change change = changes ? heading.change() : null;
        if (!changes) {
            heading.demandOriginal();
        }
        Answer answer = type.answers() ? answer() : null;
        String number = heading.number();
        SortedMap<String, List<String>> references = LineAssembler.references(source, names);
        if (!references.containsKey("order-change") && source.has("answered")) {
            references.put("order-change", List.of(source.text("answered")));
        }
        demandOrder(type, references.getOrDefault("purchase-order", List.of()).size());
        if (type == DocumentType.QUOTATION) {
            new Quoted(names, problems).check(source, references);
        }
        SortedMap<String, LocalDate> dates = LineAssembler.dates(source, names, problems);
        LocalDate date = heading.date(dates);
        Currency currency = StatedCurrency.of(source, context, problems);
        if (currency == null) {
            return null;
        }
        boolean negative = type == DocumentType.CREDIT_NOTE && writtenNegative();
        Adjustments adjustments = new Adjustments(names, problems, currency, negative);
        Taxes taxation = new Taxes(names, problems, adjustments);
        List<Fields> taxTotals = taxation.summary(source.list("taxTotals"));
        List<Line> lines = lines(new LineAssembler(
                names,
                problems,
                adjustments,
                taxation,
                !taxTotals.isEmpty(),
                answer,
                changes || type == DocumentType.ORDER_CHANGE_RESPONSE));
        if (lines == null
                || date == null
                || number.isEmpty()
                || (type.answers() && answer == null)
                || (changes && change == null)) {
            return null;
        }
        Money linesNet = sum(lines.stream().map(Line::net), currency);
        List<Adjustment> own = adjustments.of(source.list("adjustments"), linesNet, null);
        Money net = linesNet.plus(sum(own.stream().map(Adjustment::signed), currency));
        List<Tax> taxes = taxation.added(
                taxTotals.isEmpty() ? source.list("taxes") : taxTotals, net, reason(taxation, !taxTotals.isEmpty()));
        if (!taxTotals.isEmpty()) {
            taxation.compare(taxes, lines, net, !own.isEmpty(), source.place("payableAt"));
        }
        Money tax = sum(
                Stream.concat(lines.stream().flatMap(line -> line.taxes().stream()), taxes.stream())
                        .map(Tax::amount),
                currency);
        Money payable = net.plus(tax);
        Money base = linesNet.minus(sum(
                own.stream()
                        .filter(adjustment -> adjustment.kind() == Adjustment.Kind.ALLOWANCE)
                        .map(Adjustment::amount),
                currency));
        if (base.isNegative() && !changes) { // Whose lines amount to nothing, mostly.
            problems.add(
                    "total-negative",
                    source.place("payableAt"),
                    "%s: allowances take more off than the lines amount to (%s); ask the sender to send a credit note.",
                    base);
        }
        demandCountable(Stream.of(
                        lines.stream().flatMap(DocumentAssembler::amounts),
                        own.stream().map(Adjustment::amount),
                        taxes.stream().map(Tax::amount),
                        Stream.of(linesNet, net, tax, payable))
                .flatMap(amounts -> amounts));
        return new PricedDocument(
                type,
                number,
                date,
                currency,
                Parties.of(List.of(source), names),
                references,
                dates,
                lines,
                own,
                taxes,
                terms(),
                new Totals(linesNet, net, tax, payable, stated(type, lines, linesNet, tax, payable)),
                answer,
                names.find("self-billed", source.text("type")).isPresent(),
                change);
    }

    /** A change is of one order, and so is an answer to one. */
    private void demandOrder(DocumentType type, int named) {
        if (type.answers() && named == 0) {
            problems.add(
                    "order-missing",
                    source.place(),
                    "%s: the response does not say which order it answers; ask the sender to resend it with the order's number.");
        } else if ((type == DocumentType.ORDER_CHANGE || type == DocumentType.ORDER_CHANGE_RESPONSE) && named != 1) {
            problems.add(
                    "order-missing",
                    source.place(),
                    named == 0
                            ? "%s: the change does not say which order it changes; ask the sender to resend it with the order's number."
                            : "%s: it names several orders, so it is not known which one is changed; ask the sender to send a change of each.");
        }
    }

    /** As the head says it, else, where the summary adds up the taxes of the lines, as these do. */
    private String reason(Taxes taxation, boolean ofLines) {
        String said = taxation.reason(source.list("texts").stream());
        return said.isEmpty() && ofLines
                ? taxation.reason(source.list("lines").stream().flatMap(line -> line.list("texts").stream()))
                : said;
    }

    /** By the code of the whole, beside which a second one may say it; where both leave it to the lines, by these. */
    private @Nullable Answer answer() {
        String code = source.text("answer");
        String second = source.text("response");
        String answer = names.find("answer", code).orElse("");
        if (!second.isEmpty() && !answer.isEmpty()) {
            String other = names.find("response", second).orElse("");
            boolean contradict = !answer.equals(BY_LINES)
                    && !other.equals(BY_LINES)
                    && answer.equals(Answer.REJECTED.wireName()) != other.equals(Answer.REJECTED.wireName());
            answer = contradict ? "" : other.equals(BY_LINES) ? answer : other;
        }
        if (answer.equals(BY_LINES) && source.list("lines").isEmpty()) {
            problems.add(
                    "answer-missing",
                    source.place(),
                    "%s: the response says neither of the order nor of a line what is answered to it; ask the sender to resend it with an answer.");
            return null;
        }
        if (answer.equals(BY_LINES)) {
            return Answer.ACCEPTED_WITH_CHANGES;
        }
        if (answer.isEmpty()) {
            problems.add(
                    "answer-unknown",
                    source.place(),
                    "%s: it is not known whether the code %s accepts the order; list the code in the guide's names.properties.",
                    second.isEmpty() ? code : (code + " with " + second).strip());
            return null;
        }
        return Answer.of(answer);
    }

    private static Stream<Money> amounts(Line line) {
        return Stream.of(
                        Stream.of(line.net()),
                        line.adjustments().stream().map(Adjustment::amount),
                        line.taxes().stream().map(Tax::amount))
                .flatMap(amounts -> amounts);
    }

    /** Sums over thousands of documents must fit as well. */
    private void demandCountable(Stream<Money> amounts) {
        amounts.filter(amount -> Math.abs(amount.minorUnits()) > MINOR_UNITS_MAX)
                .findFirst()
                .ifPresent(amount -> problems.add(
                        "amount-too-large",
                        source.place(),
                        "%s: the amount %s of this document is larger than the hub counts; ask the sender to correct and resend it.",
                        amount));
    }

    /** Some senders write credit notes with minus signs throughout, others without: both mean the same. */
    private boolean writtenNegative() {
        List<Fields> lines = source.list("lines");
        return !lines.isEmpty()
                && lines.stream()
                        .allMatch(line -> line.text("quantity").startsWith("-")
                                ^ line.text("price").startsWith("-"));
    }

    private @Nullable List<Line> lines(LineAssembler assembler) {
        List<Fields> sources = source.list("lines");
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Fields given = sources.get(i);
            if (given.has("flag") && !given.text("flag").equals(source.text("type"))) {
                problems.add(
                        "line-flag-differs",
                        given.place(),
                        "%s: the line says %s in a document that says %s, so it counts the other way; ask the sender to send it in a document of its own.",
                        given.text("flag"),
                        source.text("type"));
                continue;
            }
            Line line = assembler.line(given, i);
            if (line != null) {
                lines.add(line);
            }
        }
        return lines.size() == sources.size() ? lines : null;
    }

    private List<Terms> terms() {
        List<Terms> found = new ArrayList<>(saidTerms());
        LocalDate due = problems.date(source, "dueDate", source.place());
        if (due == null || found.stream().anyMatch(terms -> due.equals(terms.netDue()))) {
            return List.copyOf(found);
        }
        for (int i = 0; i < found.size(); i++) {
            Terms terms = found.get(i);
            if (terms.netDue() == null) {
                found.set(
                        i,
                        new Terms(
                                terms.description(),
                                terms.discountPercent(),
                                terms.discountDays(),
                                terms.discountUntil(),
                                terms.netDays(),
                                due));
                return List.copyOf(found);
            }
        }
        found.add(new Terms(null, null, null, null, null, due));
        return List.copyOf(found);
    }

    private List<Terms> saidTerms() {
        return source.list("terms").stream()
                .map(terms -> terms.has("kind")
                        ? termsByKind(terms)
                        : new Terms(
                                terms.has("description") ? terms.text("description") : null,
                                problems.decimal(terms, "discountPercent", terms.place()),
                                problems.count(terms, "discountDays", terms.place()),
                                problems.date(terms, "discountUntil", terms.place()),
                                problems.count(terms, "netDays", terms.place()),
                                problems.date(terms, "netDue", terms.place())))
                .toList();
    }

    /** Where a code says whether the terms are about the discount or about the whole amount. */
    private Terms termsByKind(Fields terms) {
        boolean discount = names.find("terms", terms.text("kind")).equals(Optional.of("discount"));
        boolean inDays = names.find("period", terms.text("period")).equals(Optional.of("day"));
        String period = inDays || !terms.has("count")
                ? ""
                : "%s %s".formatted(terms.text("count"), terms.text("period")).strip();
        String description = Stream.of(terms.text("description"), period)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        Integer days = inDays ? problems.count(terms, "count", terms.place()) : null;
        LocalDate until = terms.list("dates").stream()
                .flatMap(date -> problems.days(date, "value", names, date.place()).stream())
                .findFirst()
                .orElse(null);
        BigDecimal percent = problems.decimal(terms, "percent", terms.place());
        return new Terms(
                description.isEmpty() ? null : description,
                discount ? percent : null,
                discount ? days : null,
                discount ? until : null,
                discount ? null : days,
                discount ? null : until);
    }

    /** What the source says about its totals, compared with what was computed, where its lines say their prices. */
    private SortedMap<String, String> stated(
            DocumentType type, List<Line> lines, Money linesNet, Money tax, Money payable) {
        SortedMap<String, String> stated = new TreeMap<>();
        boolean priced =
                lines.stream().map(Line::answer).noneMatch(answered -> answered != null && answered.priceKept());
        if (priced) {
            amounts(stated, type, linesNet, tax, payable);
        }
        new Counts(source, problems).compare(source.list("lines"), stated);
        return stated;
    }

    private void amounts(
            SortedMap<String, String> stated, DocumentType type, Money linesNet, Money tax, Money payable) {
        compare(stated, "payable", type, source, "payable", "payableAt", payable);
        for (Fields total : source.list("totals")) {
            if (total.has("currency")
                    && !total.text("currency").equals(payable.currency().getCurrencyCode())) {
                continue; // The tax once more, in the currency of its tax office.
            }
            Optional<String> meaning = names.find("total", total.text("qualifier"));
            if (meaning.equals(Optional.of("payable"))) {
                compare(stated, "payable", type, total, "value", "at", payable);
            } else if (meaning.equals(Optional.of("lines"))) {
                compare(stated, "lines", type, total, "value", "at", linesNet);
            } else if (meaning.equals(Optional.of("tax"))) {
                compare(stated, "tax", type, total, "value", "at", tax);
            } else if (meaning.equals(Optional.of("net"))) {
                compare(stated, "net", type, total, "value", "at", payable.minus(tax));
            }
        }
        compareDue(payable);
    }

    /** What is still to be paid, where the source says it: the payable amount without what was paid, and rounded. */
    private void compareDue(Money payable) {
        BigDecimal due = problems.decimal(source, "due", source.place("dueAt"));
        if (due == null) {
            return;
        }
        BigDecimal prepaid = problems.decimal(source, "prepaid", source.place("dueAt"));
        BigDecimal rounding = problems.decimal(source, "rounding", source.place("dueAt"));
        BigDecimal computed = payable.amount()
                .subtract(prepaid == null ? BigDecimal.ZERO : prepaid)
                .add(rounding == null ? BigDecimal.ZERO : rounding);
        if (due.compareTo(computed) != 0) {
            problems.differs(
                    "due-differs",
                    source.place("dueAt"),
                    due.toPlainString(),
                    computed.toPlainString(),
                    "%s says that %s is still to be paid, but the total without what was paid comes to %s; ask the sender to correct and resend it.");
        }
    }

    private void compare(
            SortedMap<String, String> stated,
            String meaning,
            DocumentType type,
            Fields fields,
            String name,
            String at,
            Money computed) {
        BigDecimal total = problems.decimal(fields, name, fields.place(at));
        if (total == null) {
            return;
        }
        stated.put(meaning, total.toPlainString());
        BigDecimal counted = type == DocumentType.CREDIT_NOTE ? total.abs() : total;
        if (counted.compareTo(computed.amount()) != 0) {
            problems.differs(
                    meaning.equals("payable") ? "total-differs" : meaning + "-total-differs",
                    fields.place(at),
                    total.toPlainString(),
                    computed.amount().toPlainString(),
                    SENTENCES.getOrDefault(meaning, ""));
        }
    }

    private static Money sum(Stream<Money> amounts, Currency currency) {
        return amounts.reduce(Money.zero(currency), Money::plus);
    }
}
