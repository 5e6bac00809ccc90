package io.lonja.mapping;

import io.lonja.archive.EntryId;
import io.lonja.document.DocumentRegister;
import io.lonja.document.GuideVersions;
import io.lonja.document.RegisteredDocument;
import io.lonja.edi.HeldDocuments;
import io.lonja.partner.TradingPartners;
import java.util.List;

/** Asks the register of documents; what is not registered yet is not held. */
record RegisteredHolds(
        DocumentRegister documents, MappedReceipts mapped, GuideVersions guides, TradingPartners partners)
        implements HeldDocuments {

    @Override
    public boolean mayCountNow(EntryId receipt, String controlNumber) {
        List<RegisteredDocument> brought = documents.of(receipt).stream()
                .filter(document -> document.interchange().equals(controlNumber))
                .toList();
        return !brought.isEmpty()
                && brought.stream().allMatch(RegisteredDocument::unmapped)
                && mapped.fact(receipt)
                        .filter(fact -> guides.changedSince(fact) || partners.changedSince(fact))
                        .isPresent();
    }
}
