package io.lonja.force.day;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Twelve members who buy from eight suppliers, and what these sell. */
final class Market {

    private static final int GOODS = 24;
    private static final String[] UNITS = {"case", "case", "piece", "kilo"};
    private static final String[] MEMBERS = {
        "Hotel Norte",
        "Bar Este",
        "Posada Miramar",
        "Casa Lucia",
        "Fonda Plaza",
        "Cafe Sol",
        "Hotel Bahia",
        "Taberna Real",
        "Hostal Luna",
        "Parador Sur",
        "Bodega Mora",
        "Cantina Rio"
    };
    private static final String[] SUPPLIERS = {
        "Olivares Sur",
        "Valle Foods",
        "Pan Blanco",
        "Mar y Sal",
        "Huerta Viva",
        "Vinos Duero",
        "Queso Alto",
        "Papel Uno"
    };

    final List<Firm> members = new ArrayList<>();
    final List<Firm> suppliers = new ArrayList<>();
    private final Map<Firm, List<Good>> goods = new LinkedHashMap<>();
    private final Map<String, Good> byCode = new HashMap<>();

    Market(Random random) {
        Syntax[] syntaxes = Syntax.values();
        for (int i = 0; i < MEMBERS.length; i++) {
            members.add(firm(
                    MEMBERS[i],
                    "M" + (char) ('A' + i),
                    100 + i,
                    syntaxes[i % 3],
                    way(i),
                    true,
                    false,
                    i % 6 == 1 || i == 3));
        }
        for (int i = 0; i < SUPPLIERS.length; i++) {
            Firm supplier = firm(
                    SUPPLIERS[i], "S" + (char) ('A' + i), 200 + i, syntaxes[i % 3], way(i), false, i % 2 == 0, false);
            suppliers.add(supplier);
            List<Good> sold = new ArrayList<>();
            for (int j = 0; j < GOODS; j++) {
                Good good = new Good(
                        "%s-%03d".formatted(supplier.mark(), j + 1),
                        checked("84360%02d%05d".formatted(i, j + 1)),
                        "ART%d%03d".formatted(i + 1, j + 1),
                        UNITS[j % UNITS.length],
                        BigDecimal.valueOf(80 + random.nextInt(5_900), 2));
                sold.add(good);
                byCode.put(good.code(), good);
            }
            goods.put(supplier, sold);
        }
    }

    /** Of five one by AS2 and one by SFTP, so that each syntax comes by each door. */
    private static Way way(int index) {
        return index % 5 == 1 ? Way.AS2 : index % 5 == 3 ? Way.SFTP : Way.HTTPS;
    }

    private static Firm firm(
            String name,
            String mark,
            int number,
            Syntax syntax,
            Way way,
            boolean buys,
            boolean taxed,
            boolean ownCodes) {
        String id = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        return new Firm(id, name, mark, checked("8412345%05d".formatted(number)), syntax, way, buys, taxed, ownCodes);
    }

    /** With GS1's check digit, for twelve or seventeen digits. */
    static String checked(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return digits + (10 - sum % 10) % 10;
    }

    List<Firm> firms() {
        List<Firm> all = new ArrayList<>(members);
        all.addAll(suppliers);
        return all;
    }

    /** All but the last, which nobody's table has and nobody orders by chance. */
    List<Good> goods(Firm supplier) {
        List<Good> sold = Objects.requireNonNull(goods.get(supplier));
        return sold.subList(0, sold.size() - 1);
    }

    /** The one without a row in any member's table. */
    Good novelty(Firm supplier) {
        List<Good> sold = Objects.requireNonNull(goods.get(supplier));
        return sold.get(sold.size() - 1);
    }

    /** How this firm names a good on what it writes of its own. */
    SortedMap<String, String> codes(Firm firm, Good good) {
        if (firm.ownCodes()) {
            return Paper.codes(Map.of("buyer-item", good.own()));
        }
        return firm.syntax() == Syntax.X12
                ? Paper.codes(Map.of("supplier-item", good.code()))
                : Paper.codes(Map.of("supplier-item", good.code(), "gtin", good.gtin()));
    }

    /** How a buyer's names reach its supplier, and the supplier's its buyer: only a table changes them. */
    SortedMap<String, String> told(Firm receiver, Firm other, SortedMap<String, String> codes) {
        SortedMap<String, String> told = new TreeMap<>();
        codes.forEach((scheme, code) -> {
            Good good = byCode.get(code);
            if (receiver.ownCodes() && good != null) {
                told.put("buyer-item", good.own());
            } else if (other.ownCodes() && scheme.equals("buyer-item")) {
                told.put("supplier-item", named(code).code());
            } else {
                told.put(scheme, code);
            }
        });
        return told;
    }

    private Good named(String own) {
        return byCode.values().stream()
                .filter(good -> good.own().equals(own))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody calls anything " + own));
    }

    /** @param as2 where the AS2 server of a firm is, if it has one */
    Map<String, String> profiles(Function<Firm, URI> as2) {
        Map<String, String> profiles = new LinkedHashMap<>();
        firms().forEach(firm -> profiles.put(firm.id(), firm.profile(as2.apply(firm))));
        return profiles;
    }

    /** The tables of those who call goods otherwise; without the novelties. */
    void writeTables(Path config) throws IOException {
        for (Firm member : members) {
            if (member.ownCodes()) {
                Path table = table(config, member);
                Files.createDirectories(table.getParent());
                StringBuilder rows = new StringBuilder("ours,theirs,from,until\n");
                suppliers.forEach(supplier -> goods(supplier).forEach(good -> rows.append(row(good))));
                Files.writeString(table, rows);
            }
        }
    }

    /** The rows that were missing. */
    void addNovelties(Path config) throws IOException {
        StringBuilder rows = new StringBuilder();
        suppliers.forEach(supplier -> rows.append(row(novelty(supplier))));
        for (Firm member : members) {
            if (member.ownCodes()) {
                Files.writeString(table(config, member), rows, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
            }
        }
    }

    private static Path table(Path config, Firm member) {
        return config.resolve("partners").resolve(member.id()).resolve("codes/items.csv");
    }

    private static String row(Good good) {
        return "supplier-item:%s,buyer-item:%s,,%n".formatted(good.code(), good.own());
    }
}
