package io.lonja.force.day;

import java.net.URI;
import java.util.Locale;

/**
 * One of the trading partners.
 *
 * @param mark what its documents' numbers begin with
 * @param buys a member, that orders; else a supplier
 * @param taxed a supplier whose invoices have 10 % value added tax
 * @param ownCodes a member that calls goods otherwise, and whose orders need a row for each
 */
record Firm(
        String id,
        String name,
        String mark,
        String gln,
        Syntax syntax,
        Way way,
        boolean buys,
        boolean taxed,
        boolean ownCodes) {

    /** In X12 envelopes, and in AS2. */
    String x12Name() {
        String plain = id.replace("-", "").toUpperCase(Locale.ROOT);
        return plain.substring(0, Math.min(15, plain.length()));
    }

    /**
     * What it agreed with the hub, as {@code partner.yaml}.
     *
     * @param as2 where its AS2 server is, if it has one
     */
    String profile(URI as2) {
        StringBuilder yaml = new StringBuilder("""
                name: %s
                roles: [%s]
                identities: { %s%sgln: "%s" }
                channels: { https: {}%s }
                currency: EUR
                agreements:
                """.formatted(
                        name,
                        buys ? "member" : "supplier",
                        syntax.isX12() ? "x12: \"ZZ/%s\", ".formatted(x12Name()) : "",
                        way == Way.AS2 ? "as2: %s, ".formatted(x12Name()) : "",
                        gln,
                        way.channel(this, as2)));
        for (Kind kind : Kind.values()) {
            boolean sends = kind.byBuyer() == buys;
            yaml.append("  - { document: %s, direction: %s, guide: %s, acknowledge: %s }%n"
                    .formatted(
                            kind.wireName,
                            sends ? "inbound" : "outbound",
                            syntax.guide(kind),
                            !sends
                                    ? "expect-within-24h"
                                    : "always, route: partner" + (buys && ownCodes ? ", codes: [items]" : "")));
        }
        return yaml.toString();
    }
}
