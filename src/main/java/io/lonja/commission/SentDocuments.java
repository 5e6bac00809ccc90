package io.lonja.commission;

import io.lonja.archive.ByteRange;
import io.lonja.commission.StatementContent.Close;
import io.lonja.document.BusinessDocument;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds the files that a payer sent against what a bundle says became of its documents. */
final class SentDocuments {

    private final WireReader wire;
    private final Path guides;
    private final SortedSet<String> versions;
    private final DocumentFates fates;
    private final List<String> checked;
    private final List<String> notProved;
    private final List<String> findings;

    /**
     * @param versions the folders below {@code guides}
     * @param checked takes sentences, like the two others
     */
    SentDocuments(
            WireReader wire,
            Path guides,
            SortedSet<String> versions,
            DocumentFates fates,
            List<String> checked,
            List<String> notProved,
            List<String> findings) {
        this.wire = wire;
        this.guides = guides;
        this.versions = versions;
        this.fates = fates;
        this.checked = checked;
        this.notProved = notProved;
        this.findings = findings;
    }

    /** Whatever I sent and that falls into the stated months must have been counted as I sent it, or be held for a reason. */
    void allIn(Path mine, List<Close> closes) throws IOException {
        YearMonth through = closes.get(closes.size() - 1).period();
        YearMonth after = closes.size() > 1 ? closes.get(closes.size() - 2).period() : YearMonth.of(0, 1);
        int files = 0;
        int documents = 0;
        try (Stream<Path> found = Files.walk(mine, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                files++;
                for (BusinessDocument document : ofMine(file, mine.relativize(file))) {
                    YearMonth month = YearMonth.from(document.date());
                    if (CountedLine.counts(document) && month.isAfter(after) && !month.isAfter(through)) {
                        documents++;
                        demandCounted(document, mine.relativize(file));
                    }
                }
            }
        }
        if (files == 0) {
            findings.add("%s holds no file, so it does not show that nothing is missing.".formatted(mine));
        }
        checked.add("%d documents of mine fall into the stated months.".formatted(documents));
    }

    private void demandCounted(BusinessDocument document, Path file) {
        if (fates.counts(document)) {
            return;
        }
        Optional<String> reason = fates.setAsideBecause(document);
        if (reason.isPresent()) {
            notProved.add("%s in %s was sent, but the hub did not let it count (%s); ask its operator."
                    .formatted(document.title(), file, reason.get()));
        } else if (fates.countsSomething(document)) {
            findings.add("%s in %s says something else than the one that was counted under its number."
                    .formatted(document.title(), file));
        } else {
            findings.add("%s in %s is missing in the statement's evidence.".formatted(document.title(), file));
        }
    }

    /** The documents in a file of mine; what cannot be read is a finding, for it may be what is missing. */
    private List<BusinessDocument> ofMine(Path file, Path name) throws IOException {
        byte[] payload = Files.readAllBytes(file);
        Map<ByteRange, List<BusinessDocument>> readings = readings(payload, null);
        if (readings.isEmpty()) {
            findings.add(
                    "%s holds no document that the guides of the bundle can read; take it out of the folder if it is no invoice and no credit note."
                            .formatted(name));
        }
        List<BusinessDocument> documents = new ArrayList<>();
        readings.forEach((bytes, found) -> {
            List<BusinessDocument> read = found.isEmpty() ? inAKnownCurrency(payload, bytes) : found;
            if (read.isEmpty()) {
                findings.add("%s holds a document at bytes %d to %d that cannot be read."
                        .formatted(name, bytes.from(), bytes.to()));
            } else {
                documents.add(read.stream().filter(this::isKnown).findFirst().orElse(read.get(0)));
            }
        });
        return documents;
    }

    /** A document that names no currency was read in the one agreed with me: that of its counterpart. */
    private List<BusinessDocument> inAKnownCurrency(byte[] payload, ByteRange bytes) {
        return fates.currencies().stream()
                .flatMap(currency -> readings(payload, currency).getOrDefault(bytes, List.of()).stream())
                .toList();
    }

    /** What every version of the guides makes of each set that it reads: the file does not tell which one read it. */
    private Map<ByteRange, List<BusinessDocument>> readings(byte[] payload, @Nullable Currency currency) {
        Map<ByteRange, List<BusinessDocument>> readings = new LinkedHashMap<>();
        for (String version : versions) {
            for (WireReader.Found found : wire.read(payload, guides.resolve(version), currency)) {
                List<BusinessDocument> documents = readings.computeIfAbsent(found.bytes(), bytes -> new ArrayList<>());
                if (found.document() != null) {
                    documents.add(found.document());
                }
            }
        }
        return readings;
    }

    private boolean isKnown(BusinessDocument document) {
        return fates.counts(document) || fates.setAsideBecause(document).isPresent();
    }
}
