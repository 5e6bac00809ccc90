package io.lonja.edi;

import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryType;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;

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

    /** Attribute of {@link #SENT}: the number of the document in it, as written there. */
    public static final String DOCUMENT_NUMBER = "document-number";

    /** Attribute of {@link #SENT}: in whose name the document is sent. */
    public static final String DOCUMENT_OF = "document-of";

    /** Attribute of {@link #SENT}: ST02 or UNH 0062; absent in what was sent before 0062 was the interchange's number. */
    static final String SET = "transaction-set";

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
     * @param attributes of the evidence, besides those of the number
     * @param interchange the bytes under the number it is given, 1 to 999999999; what it throws takes no number
     */
    public Entry append(
            String partner,
            Standard standard,
            WireParty from,
            WireParty to,
            Map<String, String> attributes,
            LongFunction<byte[]> interchange) {
        return oneAtATime(partner, () -> {
            appliers.catchUp(Effect.Lane.RECEIPTS);
            String lane = InterchangeIndex.lane(partner, from, to);
            long number = index.lastNumber(lane) % MAX + 1;
            Map<String, String> all = new TreeMap<>(attributes);
            all.put(LANE, lane);
            all.put(CONTROL_NUMBER, Long.toString(number));
            all.put(SET, onlySet(standard, number));
            Entry entry = archive.append(Draft.of(SENT, all, interchange.apply(number)));
            appliers.catchUp(Effect.Lane.RECEIPTS, entry.id());
            return entry;
        });
    }

    /**
     * ST02 or UNH 0062 of the one transaction set in an interchange of a document. An APERAK names a message by 0062 alone,
     * so this is the interchange's number; an 824 names the group beside ST02.
     */
    public static String onlySet(Standard standard, long number) {
        return standard == Standard.X12 ? onlySet(standard) : Long.toString(number);
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
