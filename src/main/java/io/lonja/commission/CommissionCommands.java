package io.lonja.commission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lonja.archive.CanonicalJson;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import io.lonja.party.PartyId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets the decisions about commission take effect: agreements that are made, periods that are closed. */
class CommissionCommands implements Effect {

    private static final int STEP = 30;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final ObjectMapper JSON = CanonicalJson.mapper();

    private final CommissionAgreements agreements;
    private final CommissionLines lines;
    private final CommissionBooks books;
    private final ClosedPeriods closed;
    private final CommissionStatements statements;
    private final Commands.Outcomes outcomes;

    CommissionCommands(
            CommissionAgreements agreements,
            CommissionLines lines,
            CommissionBooks books,
            ClosedPeriods closed,
            CommissionStatements statements,
            Commands.Outcomes outcomes) {
        this.agreements = agreements;
        this.lines = lines;
        this.books = books;
        this.closed = closed;
        this.statements = statements;
        this.outcomes = outcomes;
    }

    @Override
    public Lane lane() {
        return Lane.BOOKS;
    }

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public boolean concerns(EntryType type) {
        return type.equals(CommissionDecisions.AGREEMENT) || type.equals(CommissionDecisions.STATEMENT);
    }

    @Override
    public void apply(Entry entry, byte[] payload) {
        if (entry.type().equals(CommissionDecisions.AGREEMENT)) {
            understood(entry, () -> terms(tree(payload))).ifPresent(terms -> agree(entry, terms));
        } else {
            understood(entry, () -> Closing.of(tree(payload)))
                    .ifPresent(closing -> close(entry, closing.supplier(), closing.period()));
        }
    }

    /** Whose month to close. */
    private record Closing(PartyId supplier, YearMonth period) {

        static Closing of(JsonNode body) {
            String period = body.required("period").asText();
            if (!CommissionDecisions.isPeriod(period)) {
                throw new IllegalArgumentException("A period is a month like 2026-11, not %s.".formatted(period));
            }
            return new Closing(new PartyId(body.required("supplier").asText()), YearMonth.parse(period));
        }
    }

    /** Empty, with an outcome that says why, for a decision that the books cannot hold: the lane goes on. */
    private <T> Optional<T> understood(Entry entry, Supplier<T> decision) {
        try {
            return Optional.of(decision.get());
        } catch (IllegalArgumentException | DateTimeException e) {
            outcomes.refuse(entry, UNPROCESSABLE, "invalid-request", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** What was invoiced in its validity before it was made is caught up with at once. */
    private void agree(Entry entry, CommissionTerms terms) {
        Optional<CommissionAgreement> other = agreements.of(terms.supplier()).stream()
                .filter(agreement -> agreement.terms().overlaps(terms))
                .findFirst();
        if (other.isPresent()) {
            CommissionTerms standing = other.get().terms();
            refuse(
                    entry,
                    "agreement-overlaps",
                    "Agreement %s with %s is valid from %s to %s: choose a validity outside of it."
                            .formatted(
                                    other.get().id(),
                                    terms.supplier(),
                                    standing.validFrom(),
                                    standing.validTo() == null ? "further notice" : standing.validTo()));
            return;
        }
        CommissionAgreement agreement = new CommissionAgreement(entry.id(), terms, entry.arrivedAt());
        agreements.add(agreement);
        lines.invoicedBetween(terms.supplier(), terms.validFrom(), terms.validTo())
                .forEach(matter -> books.settle(matter, entry.id(), 0, entry.arrivedAt()));
        outcomes.record(entry, CREATED, CanonicalJson.write(agreement.tree()));
    }

    private void close(Entry entry, PartyId supplier, YearMonth period) {
        Optional<YearMonth> through = closed.through(supplier);
        if (through.isPresent() && !period.isAfter(through.get())) {
            refuse(
                    entry,
                    "period-closed",
                    "%s is closed for %s; the last statement is for %s. What came later stands in the next one: ask for %s."
                            .formatted(
                                    period,
                                    supplier,
                                    through.get(),
                                    through.get().plusMonths(1)));
            return;
        }
        YearMonth now = YearMonth.from(entry.arrivedAt().atZone(ZoneOffset.UTC));
        if (period.isAfter(now)) {
            refuse(
                    entry,
                    "period-not-begun",
                    "%s has not begun: it is %s (UTC). Ask for a statement when the month is over."
                            .formatted(period, now));
            return;
        }
        try {
            outcomes.record(
                    entry, CREATED, statements.close(entry, supplier, period).bytes());
        } catch (ArithmeticException e) {
            outcomes.refuse(
                    entry,
                    UNPROCESSABLE,
                    "amount-too-large",
                    "The lines of %s for %s add up to more than an amount can be; ask the supplier to credit what is wrong."
                            .formatted(period, supplier));
        }
    }

    private void refuse(Entry entry, String type, String detail) {
        outcomes.refuse(entry, CONFLICT, type, detail);
    }

    static CommissionTerms terms(JsonNode body) {
        return new CommissionTerms(
                new PartyId(body.required("supplier").asText()),
                new BigDecimal(body.required("rate").asText()),
                new BigDecimal(body.required("shareBack").asText()),
                LocalDate.parse(body.required("validFrom").asText()),
                optional(body, "validTo").map(LocalDate::parse).orElse(null),
                optional(body, "reason").orElse(null));
    }

    static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "This decision is not JSON: " + new String(json, StandardCharsets.UTF_8), e);
        }
    }

    private static Optional<String> optional(JsonNode body, String name) {
        @Nullable JsonNode value = body.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }
}
