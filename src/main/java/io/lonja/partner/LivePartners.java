package io.lonja.partner;

import io.lonja.alarm.Alarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Draft;
import io.lonja.archive.Effect;
import io.lonja.archive.Entry;
import io.lonja.archive.EntryId;
import io.lonja.party.Identity;
import io.lonja.party.PartyId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partners as their folders say, where a folder is right; as they were archived last, where it is not. Whatever
 * goes live is archived before it is used.
 */
class LivePartners implements TradingPartners {

    private static final Logger log = LoggerFactory.getLogger(LivePartners.class);

    private final PartnerFolders folders;
    private final ArchivedProfiles archived;
    private final Archive archive;
    private final Appliers appliers;
    private final Alarms alarms;
    private final Clock clock;

    private volatile Snapshot live = new Snapshot(Map.of(), Map.of(), List.of());

    LivePartners(
            PartnerFolders folders,
            ArchivedProfiles archived,
            Archive archive,
            Appliers appliers,
            Alarms alarms,
            Clock clock) {
        this.folders = folders;
        this.archived = archived;
        this.archive = archive;
        this.appliers = appliers;
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public Optional<TradingPartner> find(PartyId id) {
        return Optional.ofNullable(live.byId().get(id));
    }

    @Override
    public Optional<TradingPartner> bearing(Identity identity) {
        return Optional.ofNullable(live.byIdentity().get(identity));
    }

    @Override
    public List<TradingPartner> all() {
        return live.inOrder();
    }

    @Override
    public boolean changedSince(EntryId entry) {
        return archived.changedSince(entry);
    }

    /** Reads the folders, archives what changed and lets it go live. */
    synchronized void refresh() {
        SortedMap<PartyId, PartnerProfile> before = archived.newest();
        SortedMap<PartyId, PartnerProfile> now = new TreeMap<>(Comparator.comparing(PartyId::value));
        SortedMap<String, String> troubles = new TreeMap<>();
        Set<String> present = new HashSet<>();
        for (PartnerFolders.Folder folder : folders.read()) {
            present.add(folder.name());
            take(folder, before, now, troubles);
        }
        keepIdentitiesApart(before, now, troubles);
        List<Draft> changes = changes(before, now, present);
        if (!changes.isEmpty()) {
            List<Entry> entries = archive.append(changes);
            try {
                appliers.catchUp(
                        Effect.Lane.BOOKS, entries.get(entries.size() - 1).id());
            } catch (RuntimeException standing) {
                if (appliers.standing(Effect.Lane.BOOKS).isEmpty()) {
                    throw standing;
                }
                log.warn("The profiles are archived and go live; the books know them when their lane goes on");
            }
        }
        live = Snapshot.of(now);
        log.info(
                "{} partners live, {} profiles changed, {} folders with faults",
                now.size(),
                changes.size(),
                troubles.size());
        tell(troubles, present, before.keySet());
    }

    private static void take(
            PartnerFolders.Folder folder,
            SortedMap<PartyId, PartnerProfile> before,
            SortedMap<PartyId, PartnerProfile> now,
            SortedMap<String, String> troubles) {
        if (folder.profile() != null) {
            now.put(new PartyId(folder.name()), folder.profile());
            return;
        }
        Optional<PartyId> last = before.keySet().stream()
                .filter(id -> id.value().equals(folder.name()))
                .findFirst();
        last.ifPresent(id -> now.put(id, before.get(id)));
        String consequence = last.isPresent() ? "Its last good version stays live" : "It is not live";
        troubles.put(
                folder.name(),
                "The folder of partner %s has %d faults, the first: %s %s; the command lint lists all."
                        .formatted(
                                folder.name(),
                                folder.faults().size(),
                                folder.faults().get(0),
                                consequence));
    }

    /** A new profile must not take an identity that the kept version of a faulty one still bears. */
    private static void keepIdentitiesApart(
            SortedMap<PartyId, PartnerProfile> before,
            SortedMap<PartyId, PartnerProfile> now,
            SortedMap<String, String> troubles) {
        Optional<PartyId> newcomer;
        while ((newcomer = newcomerWithBorneIdentity(before, now)).isPresent()) {
            PartyId id = newcomer.get();
            now.remove(id);
            if (before.containsKey(id)) {
                now.put(id, before.get(id));
            }
            troubles.put(
                    id.value(),
                    "The new profile of partner %s is not live: it bears an identity that the live version of a partner with a faulty folder bears; mend that folder first."
                            .formatted(id));
        }
    }

    private static List<Draft> changes(
            SortedMap<PartyId, PartnerProfile> before, SortedMap<PartyId, PartnerProfile> now, Set<String> present) {
        List<Draft> changes = new ArrayList<>();
        now.forEach((id, profile) -> {
            if (!profile.equals(before.get(id))) {
                changes.add(ProfileChange.to(id, profile).draft());
            }
        });
        for (PartyId id : before.keySet()) {
            if (!present.contains(id.value())) {
                changes.add(ProfileChange.gone(id).draft());
            }
        }
        return changes;
    }

    private void tell(SortedMap<String, String> troubles, Set<String> present, Set<PartyId> before) {
        Instant now = clock.instant();
        troubles.forEach((folder, sentence) -> alarms.open(cause(folder), sentence, now));
        Set<String> well = new TreeSet<>(present);
        before.forEach(id -> well.add(id.value()));
        well.removeAll(troubles.keySet());
        well.forEach(folder -> alarms.close(cause(folder), now));
    }

    private static Optional<PartyId> newcomerWithBorneIdentity(
            SortedMap<PartyId, PartnerProfile> before, SortedMap<PartyId, PartnerProfile> now) {
        Map<Identity, PartyId> bearers = new HashMap<>();
        for (Map.Entry<PartyId, PartnerProfile> partner : now.entrySet()) {
            for (Identity identity : partner.getValue().identities()) {
                PartyId first = bearers.putIfAbsent(identity, partner.getKey());
                if (first != null) {
                    boolean firstIsNew = !Objects.equals(now.get(first), before.get(first));
                    return Optional.of(firstIsNew ? first : partner.getKey());
                }
            }
        }
        return Optional.empty();
    }

    private static String cause(String folder) {
        return "partner-profile:" + folder;
    }

    private record Snapshot(
            Map<PartyId, TradingPartner> byId, Map<Identity, TradingPartner> byIdentity, List<TradingPartner> inOrder) {

        static Snapshot of(SortedMap<PartyId, PartnerProfile> profiles) {
            Map<PartyId, TradingPartner> byId = new HashMap<>();
            Map<Identity, TradingPartner> byIdentity = new HashMap<>();
            List<TradingPartner> inOrder = new ArrayList<>();
            profiles.forEach((id, profile) -> {
                TradingPartner partner = profile.of(id);
                byId.put(id, partner);
                partner.identities().forEach(identity -> byIdentity.put(identity, partner));
                inOrder.add(partner);
            });
            return new Snapshot(Map.copyOf(byId), Map.copyOf(byIdentity), List.copyOf(inOrder));
        }
    }
}
