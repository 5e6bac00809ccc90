package io.lonja.tracking;

import io.lonja.archive.EntryId;
import io.lonja.document.DocumentRegister;
import io.lonja.document.GuideVersions;
import io.lonja.document.RegisteredDocument;
import io.lonja.edi.InterchangeRead;
import io.lonja.edi.InterchangeReader;
import io.lonja.intake.ReceiptOutcomes;
import io.lonja.intake.Receipts;
import io.lonja.partner.TradingPartners;
import java.util.List;

/** Looks at how a receipt was read, what the register made of its documents, and what was mended since. */
record ReadOutcomes(
        Receipts receipts,
        InterchangeReader reader,
        DocumentRegister documents,
        GuideVersions guides,
        TradingPartners partners)
        implements ReceiptOutcomes {

    @Override
    public boolean mayCountNow(EntryId receipt) {
        return receipts.finishedBy(receipt)
                .filter(fact -> guides.changedSince(fact) || partners.changedSince(fact))
                .flatMap(fact -> reader.outcome(receipt))
                .map(read -> refused(read) || unmapped(receipt))
                .orElse(false);
    }

    private static boolean refused(InterchangeRead read) {
        return read.interchanges().stream()
                .allMatch(interchange -> interchange.decision() == InterchangeRead.Decision.REFUSED);
    }

    private boolean unmapped(EntryId receipt) {
        List<RegisteredDocument> brought = documents.of(receipt);
        return !brought.isEmpty() && brought.stream().allMatch(RegisteredDocument::unmapped);
    }
}
