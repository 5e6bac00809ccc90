package io.lonja.edi;

/**
 * Passes on a second reading with what the first one found out: interchanges and groups have all their errors from the
 * beginning, and the transaction sets in those that are refused are refused.
 */
final class Settled implements ReadingVisitor {

    private final Survey survey;
    private final ReadingVisitor visitor;
    private int interchanges;
    private int groups;
    private Standard standard = Standard.X12;
    private boolean interchangeRefused;
    private boolean groupRefused;

    Settled(Survey survey, ReadingVisitor visitor) {
        this.survey = survey;
        this.visitor = visitor;
    }

    @Override
    public void beginInterchange(Interchange interchange) {
        Interchange settled = survey.settled(interchanges++, interchange);
        standard = settled.envelope().standard();
        interchangeRefused = settled.refused();
        visitor.beginInterchange(settled);
    }

    @Override
    public void beginGroup(FunctionalGroup group) {
        FunctionalGroup settled = survey.settled(groups++, group);
        groupRefused = settled.refused();
        visitor.beginGroup(settled);
    }

    @Override
    public void envelope(Segment segment) {
        visitor.envelope(segment);
    }

    @Override
    public void transactionSet(TransactionSet set) {
        TransactionSet settled = groupRefused ? set.refused(standard, ErrorCode.GROUP_REFUSED) : set;
        visitor.transactionSet(interchangeRefused ? settled.refused(standard, ErrorCode.INTERCHANGE_REFUSED) : settled);
    }

    @Override
    public void endGroup(FunctionalGroup group) {
        visitor.endGroup(group);
    }

    @Override
    public void endInterchange(Interchange interchange) {
        visitor.endInterchange(interchange);
    }

    @Override
    public void outside(SyntaxError error) {
        visitor.outside(error);
    }
}
