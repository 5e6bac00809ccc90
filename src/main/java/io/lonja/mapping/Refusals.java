package io.lonja.mapping;

import io.lonja.document.BusinessDocument;
import io.lonja.document.DocumentType;
import io.lonja.document.MappedInterchange.Outcome;
import io.lonja.document.MappingProblem;
import io.lonja.edi.ApplicationAdvice;
import io.lonja.edi.ApplicationAdvice.Condition;
import io.lonja.edi.ApplicationAdvice.Subject;
import io.lonja.edi.ApplicationAdvices;
import io.lonja.edi.FunctionalGroup;
import io.lonja.edi.Interchange;
import io.lonja.edi.InterchangeRead;
import io.lonja.edi.TransactionSet;
import io.lonja.partner.Agreement;
import io.lonja.partner.TradingPartner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents with problems whose agreement says that these are refused, and what their sender is told.
 *
 * @param sender null when it is no partner any more: nothing is refused then
 * @param told grows by one for each that is refused
 */
record Refusals(@Nullable TradingPartner sender, ApplicationAdvices advices, List<ApplicationAdvice> told) {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** The same outcome, refused where that is agreed. What the sender could not be told stays held. */
    Outcome refuse(Outcome outcome, Interchange interchange, InterchangeRead.Decided decided) {
        if (outcome.problems().isEmpty() || !agreed(outcome)) {
            return outcome;
        }
        ApplicationAdvice advice = advice(outcome, interchange, decided);
        if (!advices.canTell(advice)) {
            LOG.warn(
                    "{} {}: transaction set {} stays held, because no answer to it can be written",
                    outcome.sender(),
                    outcome.interchange(),
                    outcome.controlNumber());
            return outcome;
        }
        told.add(advice);
        return outcome.refusedForGood();
    }

    private boolean agreed(Outcome outcome) {
        return Optional.ofNullable(sender)
                .flatMap(partner -> partner.inbound(outcome.guide()))
                .filter(Agreement::problemsRefused)
                .isPresent();
    }

    private static ApplicationAdvice advice(Outcome outcome, Interchange interchange, InterchangeRead.Decided decided) {
        BusinessDocument content = outcome.content();
        for (FunctionalGroup group : interchange.groups()) {
            for (TransactionSet set : group.transactionSets()) {
                if (set.bytes().equals(outcome.bytes())) {
                    return new ApplicationAdvice(
                            interchange,
                            decided.ordinal(),
                            group,
                            set,
                            subject(outcome.type()),
                            content == null ? "" : number(content),
                            outcome.problems().stream().map(Refusals::reason).toList());
                }
            }
        }
        throw new IllegalStateException("Transaction set %s is not in interchange %s any more"
                .formatted(outcome.controlNumber(), outcome.interchange()));
    }

    /** A change of an order, and an answer to it, are known by the order: their own numbers count within it. */
    private static String number(BusinessDocument content) {
        return content.within().size() == 1 ? content.within().get(0) : content.number();
    }

    /** A response to an order bears the number of that order. */
    private static Subject subject(DocumentType type) {
        return switch (type) {
            case INVOICE -> Subject.INVOICE;
            case CREDIT_NOTE -> Subject.CREDIT_NOTE;
            case DESPATCH_ADVICE -> Subject.DESPATCH_ADVICE;
            case RECEIVING_ADVICE -> Subject.RECEIVING_ADVICE;
            case REMITTANCE_ADVICE -> Subject.REMITTANCE_ADVICE;
            case REQUEST_FOR_QUOTATION -> Subject.REQUEST_FOR_QUOTATION;
            case QUOTATION -> Subject.QUOTATION;
            default -> Subject.ORDER;
        };
    }

    private static ApplicationAdvice.Reason reason(MappingProblem problem) {
        Condition condition = switch (problem.code()) {
            case "date-invalid" -> Condition.INVALID_DATE;
            case "total-differs" -> Condition.OUT_OF_BALANCE;
            default -> Condition.OTHER;
        };
        return new ApplicationAdvice.Reason(
                condition,
                problem.code().replace('-', ' '),
                whatIsWrong(problem.sentence()),
                problem.segmentId(),
                problem.segment());
    }

    /**
     * What a problem says is wrong. What to do next, behind the first semicolon or full stop that is not in brackets, is
     * for our own people.
     */
    static String whatIsWrong(String sentence) {
        int brackets = 0;
        for (int at = 0; at < sentence.length(); at++) {
            char c = sentence.charAt(at);
            brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean ends = at + 1 == sentence.length() || sentence.charAt(at + 1) == ' ';
            if (brackets <= 0 && ends && at > 0 && (c == ';' || c == '.')) {
                return sentence.substring(0, at) + ".";
            }
        }
        return sentence;
    }
}
