package io.lonja.edi;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.AttributeList;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the interchanges that we send. Each is taken when its interchange is archived, under the lock of its
 * partner, and known again from the archive: a gap is lawful, a repeat is not.
 */
public final class ControlNumbers {

    /** Evidence of an interchange that we sent for a document; its payload is owed from then on. */
    public static final EntryType SENT = EntryType.evidence("interchange-sent");

    /**
     * Attribute of {@link #SENT}: how long the receiver may take for its 997 or CONTRL, as ISO 8601 writes it, {@code
     * PT24H}; absent where none is expected.
     */
    public static final String ACKNOWLEDGED_WITHIN = "acknowledged-within";

    private static final String DOCUMENT_NUMBER = "document-number";
    private static final String DOCUMENT_OF = "document-of";
    /** Lists, where there are several documents. */
    private static final String DOCUMENT_NUMBERS = "document-numbers";

    private static final String DOCUMENTS_OF = "documents-of";

    /** ST02 or UNH 0062 of one set; absent in what was sent before 0062 was the interchange's number. */
    private static final String SET = "transaction-set";

    private static final String SETS = "transaction-sets";

    static final long MAX = 999_999_999;
    static final String LANE = "lane";
    static final String CONTROL_NUMBER = "control-number";

    private final Archive archive;
    private final Appliers appliers;
    private final InterchangeIndex index;
    private final Map<String, ReentrantLock> partners = new ConcurrentHashMap<>();

    ControlNumbers(Archive archive, Appliers appliers, InterchangeIndex index) {
        this.archive = archive;
        this.appliers = appliers;
        this.index = index;
    }

    /**
     * Archives the next interchange to a partner. It is durable and known when this returns.
     *
     * @param from who we are in its envelope
     * @param to who the partner is there
     * @param attributes of the evidence, besides those of the number and the documents
     * @param documents those in it, in the order of its transaction sets, which bear the numbers of {@link #set}; at least one
     * @param interchange the bytes under the number it is given, 1 to 999999999; what it throws takes no number
     */
    public Entry append(
            String partner,
            Standard standard,
            WireParty from,
            WireParty to,
            Map<String, String> attributes,
            List<SentDocument> documents,
            LongFunction<byte[]> interchange) {
        return oneAtATime(partner, () -> {
            appliers.catchUp(Effect.Lane.RECEIPTS);
            String lane = InterchangeIndex.lane(partner, from, to);
            long number = index.lastNumber(lane) % MAX + 1;
            Map<String, String> all = new TreeMap<>(attributes);
            all.put(LANE, lane);
            all.put(CONTROL_NUMBER, Long.toString(number));
            all.putAll(said(standard, number, documents));
            Entry entry = archive.append(Draft.of(SENT, all, interchange.apply(number)));
            appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
            return entry;
        });
    }

    /**
     * ST02 or UNH 0062 of a document's transaction set. An APERAK names a message by 0062 alone, so this has the interchange's
     * number in it; an 824 names the group beside ST02.
     *
     * @param ordinal of the set in the interchange, counted from 0
     * @param sets how many the interchange has
     */
    public static String set(Standard standard, long number, int ordinal, int sets) {
        if (standard == Standard.X12) {
            return "%04d".formatted(ordinal + 1);
        }
        return sets == 1 ? Long.toString(number) : "%d-%d".formatted(number, ordinal + 1);
    }

    private static Map<String, String> said(Standard standard, long number, List<SentDocument> documents) {
        if (documents.size() == 1) {
            SentDocument only = documents.get(0);
            return Map.of(SET, set(standard, number, 0, 1), DOCUMENT_NUMBER, only.number(), DOCUMENT_OF, only.of());
        }
        Map<String, String> lists = new TreeMap<>();
        lists.putAll(AttributeList.of(
                SETS,
                IntStream.range(0, documents.size())
                        .mapToObj(ordinal -> set(standard, number, ordinal, documents.size()))
                        .toList()));
        lists.putAll(AttributeList.of(
                DOCUMENT_NUMBERS, documents.stream().map(SentDocument::number).toList()));
        lists.putAll(AttributeList.of(
                DOCUMENTS_OF, documents.stream().map(SentDocument::of).toList()));
        return lists;
    }

    /** A transaction set that we sent, by ST02 or UNH 0062, and its document where that is known. */
    record SentSet(String number, @Nullable SentDocument document) {}

    /**
     * The transaction sets of an interchange that we sent, by ST02 or UNH 0062, in wire order, each with its document where
     * the evidence says it.
     */
    static List<SentSet> sets(Entry entry, Standard standard) {
        Map<String, String> said = entry.attributes();
        String number = said.get(DOCUMENT_NUMBER);
        String of = said.get(DOCUMENT_OF);
        List<String> sets = AttributeList.in(said, SETS);
        if (sets.isEmpty()) {
            return List.of(new SentSet(
                    said.getOrDefault(SET, onlySet(standard)),
                    number == null || of == null ? null : new SentDocument(number, of)));
        }
        List<String> numbers = AttributeList.in(said, DOCUMENT_NUMBERS);
        List<String> owners = AttributeList.in(said, DOCUMENTS_OF);
        return IntStream.range(0, sets.size())
                .mapToObj(i -> new SentSet(sets.get(i), new SentDocument(numbers.get(i), owners.get(i))))
                .toList();
    }

    /** Whether a document of this kind goes out as XML: {@code Invoice}. Messages of EDIFACT are in capital letters. */
    static boolean isXml(String kind) {
        return !kind.isEmpty() && Character.isLowerCase(kind.charAt(kind.length() - 1));
    }

    /** ST02 or UNH 0062 of the one transaction set in an interchange that answers another. */
    static String onlySet(Standard standard) {
        return standard == Standard.X12 ? "0001" : "1";
    }

    /** Of what one partner is told or asked, the next is decided when the one before is known. */
    <T> T oneAtATime(String partner, Supplier<T> decision) {
        ReentrantLock lock = partners.computeIfAbsent(partner, name -> new ReentrantLock());
        lock.lock();
        try {
            return decision.get();
        } finally {
            lock.unlock();
        }
    }

    /** Of the evidence of an interchange that took a number. */
    static void given(Entry entry, InterchangeIndex index) {
        String lane = entry.attributes().get(LANE);
        String number = entry.attributes().get(CONTROL_NUMBER);
        if (lane == null || number == null) {
            throw new IllegalStateException("Interchange %s does not say its number".formatted(entry.id()));
        }
        index.numberGiven(lane, Long.parseLong(number));
    }
}
