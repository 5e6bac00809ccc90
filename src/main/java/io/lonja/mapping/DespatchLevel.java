package io.lonja.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A level of a despatch advice: {@code HL*4*3*I} of X12, {@code CPS+4+3} of EDIFACT, which stands in the one whose number it
 * names. X12 says what a level is; of EDIFACT it is a package where it has packages, and of the whole shipment where it
 * stands in none and has only what is counted.
 */
final class DespatchLevel {

    /** More than anybody stacks; what names more parents above it has lost its way. */
    private static final int DEPTH_MAX = 20;

    private static final String UNSAID = "";

    private final Fields source;
    private final String kind;
    private final @Nullable DespatchLevel parent;
    private final int depth;
    private final List<DespatchLevel> children = new ArrayList<>();

    private DespatchLevel(Fields source, String kind, @Nullable DespatchLevel parent) {
        this.source = source;
        this.kind = kind;
        this.parent = parent;
        this.depth = parent == null ? 1 : parent.depth + 1;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    /** All of the document in wire order. One whose parent is not there stands in none, and is a problem. */
    static List<DespatchLevel> in(Fields document, Names names, Problems problems) {
        List<DespatchLevel> levels = new ArrayList<>();
        Map<String, DespatchLevel> byNumber = new HashMap<>();
        for (Fields each : document.list("levels")) {
            DespatchLevel parent = each.has("parent") ? byNumber.get(each.text("parent")) : null;
            if (each.has("parent") && (parent == null || parent.depth == DEPTH_MAX)) {
                problems.add(
                        parent == null ? "level-parent-unknown" : "levels-too-deep",
                        each.place(),
                        parent == null
                                ? "%s names %s as the level it stands in, but that does not come before it; ask the sender to correct and resend it."
                                : "%s stands in %s, more than 20 levels deep; ask the sender to correct and resend it.",
                        each.text("parent"));
                parent = null;
            }
            DespatchLevel level = new DespatchLevel(each, kind(each, names, problems), parent);
            levels.add(level);
            if (byNumber.put(each.text("level"), level) != null) {
                problems.add(
                        "level-number-twice",
                        each.place(),
                        "%s: the level %s is there twice, so it is not known what stands in which; ask the sender to correct and resend it.",
                        each.text("level"));
            }
        }
        return levels;
    }

    private static String kind(Fields level, Names names, Problems problems) {
        if (!level.has("levelCode")) {
            return UNSAID;
        }
        return names.find("level", level.text("levelCode")).orElseGet(() -> {
            problems.add(
                    "level-unknown",
                    level.place(),
                    "%s: it is not known what a level of the kind %s is; list the code in the guide's names.properties.",
                    level.text("levelCode"));
            return UNSAID;
        });
    }

    Fields source() {
        return source;
    }

    @Nullable
    DespatchLevel parent() {
        return parent;
    }

    List<DespatchLevel> children() {
        return children;
    }

    boolean isShipment() {
        return kind.equals("shipment")
                || kind.equals(UNSAID)
                        && parent == null
                        && source.list("lines").isEmpty()
                        && source.list("packs").stream()
                                .allMatch(pack -> pack.list("marks").isEmpty());
    }

    boolean isOrder() {
        return kind.equals("order");
    }

    boolean isPackage() {
        return kind.equals("package");
    }

    boolean isItem() {
        return kind.equals("item");
    }
}
