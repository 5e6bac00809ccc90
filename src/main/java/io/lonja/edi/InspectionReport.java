package io.lonja.edi;

import java.io.PrintWriter;
import java.util.List;

/** What became of everything, and all errors, in lines for a person. */
final class InspectionReport implements ReadingVisitor {

    private final PrintWriter out;
    private Standard standard = Standard.X12;
    private boolean inGroup;

    InspectionReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void beginInterchange(Interchange interchange) {
        standard = interchange.envelope().standard();
        line(1, InterchangeTree.headline(interchange));
        errors(2, interchange.errors());
    }

    @Override
    public void envelope(Segment segment) {
        if (segment.id().equals("TA1") && !inGroup) {
            line(2, SafeText.of(Phrase.TA1_NOTE.say(segment.element(1), segment.element(4), segment.element(5))));
        }
    }

    @Override
    public void beginGroup(FunctionalGroup group) {
        inGroup = true;
        if (standard != Standard.UBL) {
            line(2, InterchangeTree.headline(group));
        }
        errors(3, group.errors());
    }

    @Override
    public void transactionSet(TransactionSet set) {
        line(3, InterchangeTree.headline(standard, set));
        errors(4, set.verdict().errors());
    }

    @Override
    public void endGroup(FunctionalGroup group) {
        inGroup = false;
    }

    void errors(int depth, List<SyntaxError> errors) {
        for (SyntaxError error : errors) {
            line(
                    depth,
                    Phrase.FINDING.say(error.code().wireName(), error.bytes().from(), error.sentence()));
        }
    }

    private void line(int depth, String text) {
        out.print("  ".repeat(depth) + text + "\n");
    }
}
