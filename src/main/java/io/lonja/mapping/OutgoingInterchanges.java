package io.lonja.mapping;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.document.DocumentRef;
import io.lonja.document.DocumentRegister;
import io.lonja.document.DocumentType;
import io.lonja.document.OutgoingDocument;
import io.lonja.document.OutgoingDocuments;
import io.lonja.edi.ControlNumbers;
import io.lonja.edi.FunctionalGroup;
import io.lonja.edi.GuideId;
import io.lonja.edi.Interchange;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.InterchangeWriter;
import io.lonja.edi.OutboundInterchange;
import io.lonja.edi.OutboundSegment;
import io.lonja.edi.Reading;
import io.lonja.edi.ReadingManner;
import io.lonja.edi.SentDocument;
import io.lonja.edi.Standard;
import io.lonja.edi.SyntaxError;
import io.lonja.edi.TransactionSet;
import io.lonja.edi.UnwritableException;
import io.lonja.edi.Verdict;
import io.lonja.edi.WireParty;
import io.lonja.partner.Agreement;
import io.lonja.partner.CutOffs;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.Identity;
import io.lonja.party.Identity.Scheme;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the documents that we owe partners when they leave, each as an interchange in the guide agreed with that partner or
 * several of a kind in one, and archives it: from then on it is a delivery. What we write is read again by the same guide
 * first; what does not pass, or cannot be written at all, stays due with an alarm.
 */
public final class OutgoingInterchanges {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingInterchanges.class);
    private static final int DUE_MAX = 1_000;
    /** Who stands in the envelope of XML, which has none. */
    private static final WireParty NOBODY = new WireParty("", "");

    private final Appliers appliers;
    private final OutgoingDocuments documents;
    private final DocumentRegister register;
    private final Mapping mapping;
    private final TradingPartners partners;
    private final ControlNumbers numbers;
    private final InterchangeParser parser;
    private final Alarms alarms;
    private final Clock clock;
    private final Map<Standard, WireParty> hub;

    OutgoingInterchanges(
            Appliers appliers,
            OutgoingDocuments documents,
            DocumentRegister register,
            Mapping mapping,
            TradingPartners partners,
            ControlNumbers numbers,
            InterchangeParser parser,
            Alarms alarms,
            Clock clock,
            Map<Standard, WireParty> hub) {
        this.appliers = appliers;
        this.documents = documents;
        this.register = register;
        this.mapping = mapping;
        this.partners = partners;
        this.numbers = numbers;
        this.parser = parser;
        this.alarms = alarms;
        this.clock = clock;
        this.hub = Map.copyOf(hub);
    }

    /** Writes what leaves now of what is due, oldest first; the deliveries that it became. */
    public synchronized List<EntryId> writeDue() {
        // What was archived just before a failure of the database must be known, or it would be written a second time.
        appliers.catchUp(Effect.Lane.RECEIPTS);
        List<EntryId> written = new ArrayList<>();
        OpenBatches batches = new OpenBatches(batch -> write(batch, written));
        Instant now = clock.instant();
        for (OutgoingDocuments.Due due : documents.due(due -> leaves(due, now), DUE_MAX)) {
            batches.add(
                    documents.find(due.id()).orElseThrow(),
                    agreement(due)
                            .filter(agreement -> Standard.of(new GuideId(agreement.guide())) != Standard.UBL)
                            .map(Agreement::together)
                            .orElse(1));
        }
        batches.close();
        return written;
    }

    /** Where nothing is agreed the document is tried at once, and its alarm says what is missing. */
    private boolean leaves(OutgoingDocuments.Due due, Instant now) {
        CutOffs cutOffs = agreement(due).map(Agreement::cutOffs).orElse(null);
        return cutOffs == null || !due.since().isAfter(cutOffs.last(now));
    }

    private Optional<Agreement> agreement(OutgoingDocuments.Due due) {
        return partners.find(due.to()).flatMap(partner -> agreement(partner, due.type()));
    }

    /** A document that cannot be written keeps no other back. */
    private void write(List<OutgoingDocument> batch, List<EntryId> written) {
        List<Prepared> prepared = new ArrayList<>();
        for (OutgoingDocument document : batch) {
            try {
                prepared.add(prepare(document));
            } catch (UnwritableDocumentException e) {
                unwritable(document, e);
            }
        }
        try {
            if (!prepared.isEmpty()) {
                written.add(write(prepared).id());
                prepared.forEach(each -> alarms.close(cause(each.document()), clock.instant()));
            }
        } catch (UnwritableDocumentException e) {
            if (prepared.size() == 1) {
                unwritable(prepared.get(0).document(), e);
            } else {
                prepared.forEach(each -> write(List.of(each.document()), written));
            }
        }
    }

    private void unwritable(OutgoingDocument document, UnwritableDocumentException why) {
        alarms.open(
                cause(document),
                "%s for %s cannot be sent: %s. It stays due and is tried again."
                        .formatted(
                                document.content().title(),
                                document.to(),
                                withoutFullStop(Objects.toString(why.getMessage()))),
                clock.instant());
    }

    private static String cause(OutgoingDocument document) {
        return "outgoing-unwritable:" + document.id();
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** A document as its receiver's guide has it. */
    private record Prepared(
            OutgoingDocument document, TradingPartner partner, Agreement agreement, GuideId guide, Form form) {}

    private sealed interface Form {

        record Segments(Wording wording, List<OutboundSegment> segments) implements Form {}

        /** A file of its own. */
        @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
        record Xml(byte[] bytes) implements Form {}
    }

    private Prepared prepare(OutgoingDocument document) {
        TradingPartner partner = partners.find(document.to())
                .orElseThrow(() -> new UnwritableDocumentException(
                        "%s has no profile; add its folder under partners/".formatted(document.to())));
        String type = document.content().type().wireName();
        Agreement agreement = agreement(partner, document.content().type())
                .orElseThrow(() -> new UnwritableDocumentException(
                        "no outbound agreement with %s says in which guide a %s is written; add one to its profile"
                                .formatted(partner.id(), type)));
        GuideId guide = new GuideId(agreement.guide());
        OutboundTemplate template = mapping.template(guide)
                .orElseThrow(() -> new UnwritableDocumentException(
                        "the guide %s has no template to write by (*%s); add one".formatted(guide, GuideFolder.OUT)));
        PartnerCodes.Outbound called = new PartnerCodes(partner, agreement.codes()).outbound(document.content());
        if (Standard.of(guide) == Standard.UBL) {
            byte[] xml = template.document(called.document(), writtenIn(document), called.rows());
            return new Prepared(document, partner, agreement, guide, new Form.Xml(xml));
        }
        List<OutboundSegment> segments = template.segments(called.document(), writtenIn(document), called.rows());
        return new Prepared(
                document,
                partner,
                agreement,
                guide,
                new Form.Segments(Wording.of(guide, template.association()), segments));
    }

    /** @param prepared for one partner, by one agreement; at least one, and one alone where it is XML */
    private Entry write(List<Prepared> prepared) {
        Prepared first = prepared.get(0);
        TradingPartner partner = first.partner();
        if (first.form() instanceof Form.Xml xml) {
            return archived(
                    prepared,
                    xmlKind(first.document()),
                    NOBODY,
                    NOBODY,
                    number -> checked(xml.bytes(), partner, first.guide()));
        }
        Wording wording = ((Form.Segments) first.form()).wording();
        List<List<OutboundSegment>> segments = prepared.stream()
                .map(each -> ((Form.Segments) each.form()).segments())
                .toList();
        WireParty to = name(partner, wording.standard());
        WireParty from = hub.get(wording.standard());
        if (from == null) {
            throw new UnwritableDocumentException("the hub has no name in " + wording.standard());
        }
        return archived(
                prepared,
                wording.set(),
                from,
                to,
                number -> checked(bytes(wording, partner, from, to, number, segments), partner, first.guide()));
    }

    /** The document's element: {@code CreditNote}. */
    private static String xmlKind(OutgoingDocument document) {
        return document.content().type() == DocumentType.CREDIT_NOTE ? "CreditNote" : "Invoice";
    }

    private Entry archived(
            List<Prepared> prepared, String kind, WireParty from, WireParty to, LongFunction<byte[]> interchange) {
        TradingPartner partner = prepared.get(0).partner();
        Agreement agreement = prepared.get(0).agreement();
        GuideId guide = prepared.get(0).guide();
        Standard standard = Standard.of(guide);
        Map<String, String> attributes =
                new TreeMap<>(Map.of(Entry.DELIVER_TO, partner.id().value(), Entry.DELIVER_AS, kind));
        attributes.putAll(OutgoingDocuments.carried(
                prepared.stream().map(Prepared::document).toList()));
        // Nothing is ever said about XML that could be waited for.
        if (agreement.acknowledgedWithin() != null && standard != Standard.UBL) {
            attributes.put(
                    ControlNumbers.ACKNOWLEDGED_WITHIN,
                    agreement.acknowledgedWithin().toString());
        }
        Entry entry = numbers.append(
                partner.id().value(),
                standard,
                from,
                to,
                attributes,
                prepared.stream()
                        .map(each -> new SentDocument(
                                each.document().content().number(),
                                each.document().from().value()))
                        .toList(),
                interchange);
        prepared.forEach(each -> LOG.info(
                "{}: {} is written as {} by guide {}",
                partner.id(),
                each.document().content().title(),
                entry.id(),
                guide));
        return entry;
    }

    /** The standard of a document that is sent on; null for one of our own, which has the codes of its receiver. */
    private @Nullable Standard writtenIn(OutgoingDocument document) {
        if (!document.id().startsWith(Forwarding.PREFIX)) {
            return null;
        }
        DocumentRef source = document.because().get(0);
        return register.of(source.at().entry()).stream()
                .filter(came -> came.at().bytes().equals(source.at().bytes()))
                .findFirst()
                .map(came -> Standard.of(new GuideId(came.guide())))
                .orElse(null);
    }

    /**
     * A credit note leaves by the agreement for invoices where it has none of its own, an answer to a change by that for
     * answers to orders.
     */
    private static Optional<Agreement> agreement(TradingPartner partner, DocumentType type) {
        return partner.outbound(type.wireName()).or(() -> switch (type) {
            case CREDIT_NOTE -> partner.outbound(DocumentType.INVOICE.wireName());
            case ORDER_CHANGE_RESPONSE -> partner.outbound(DocumentType.ORDER_RESPONSE.wireName());
            default -> Optional.empty();
        });
    }

    private static WireParty name(TradingPartner partner, Standard standard) {
        return partner.identities().stream()
                .sorted(Comparator.comparing((Identity identity) -> identity.scheme() == Scheme.GLN)
                        .thenComparing(Identity::toString))
                .flatMap(identity -> EnvelopeNames.of(identity, standard).stream())
                .findFirst()
                .orElseThrow(() -> new UnwritableDocumentException(
                        "%s has no name in %s; add one to its identities".formatted(partner.id(), standard)));
    }

    private byte[] bytes(
            Wording wording,
            TradingPartner partner,
            WireParty from,
            WireParty to,
            long number,
            List<List<OutboundSegment>> documents) {
        String text = Long.toString(number);
        boolean x12 = wording.standard() == Standard.X12;
        List<OutboundInterchange.TransactionSet> sets = IntStream.range(0, documents.size())
                .mapToObj(ordinal -> new OutboundInterchange.TransactionSet(
                        wording.set(),
                        ControlNumbers.set(wording.standard(), number, ordinal, documents.size()),
                        documents.get(ordinal)))
                .toList();
        try {
            return InterchangeWriter.write(new OutboundInterchange(
                    wording.syntax(documents.stream().flatMap(List::stream).toList(), partner.wire()),
                    from,
                    to,
                    text,
                    clock.instant(),
                    false,
                    partner.requestsInterchangeAcknowledgment(),
                    List.of(
                            x12
                                    ? new OutboundInterchange.Group(
                                            OutboundInterchange.Group.identifierOf(wording.set()),
                                            "",
                                            "",
                                            text,
                                            wording.version(),
                                            sets)
                                    : OutboundInterchange.Group.without(wording.version(), sets))));
        } catch (UnwritableException e) {
            throw new UnwritableDocumentException(
                    "%s (segment %d %s)".formatted(e.getMessage(), e.segment(), e.segmentId()));
        }
    }

    /** Nothing leaves that we would refuse ourselves. */
    private byte[] checked(byte[] interchange, TradingPartner partner, GuideId guide) {
        ReadingManner manner =
                new ReadingManner(Set.of(guide), true, partner.wire().x12Charset());
        Reading reading = parser.agreed(manner).parse(interchange);
        Optional<SyntaxError> fault = Stream.concat(
                        reading.errors().stream(),
                        reading.interchanges().stream().flatMap(OutgoingInterchanges::errors))
                .findFirst();
        if (fault.isPresent()) {
            throw new UnwritableDocumentException("what was written would not pass the guide %s: %s"
                    .formatted(guide, fault.get().sentence()));
        }
        return interchange;
    }

    private static Stream<SyntaxError> errors(Interchange interchange) {
        return Stream.concat(
                interchange.errors().stream(), interchange.groups().stream().flatMap(OutgoingInterchanges::errors));
    }

    private static Stream<SyntaxError> errors(FunctionalGroup group) {
        return Stream.concat(
                group.errors().stream(),
                group.transactionSets().stream()
                        .map(TransactionSet::verdict)
                        .map(Verdict::errors)
                        .flatMap(List::stream));
    }
}
