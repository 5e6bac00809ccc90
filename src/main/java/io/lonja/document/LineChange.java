package io.lonja.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a change of an order says of one of its lines: {@code POC*2*QI*6**CA}.
 *
 * @param left what is left to receive after the change, in the line's unit, where the change says it
 * @param quantityKept whether it says no quantity: the ordered one stands, and the line's own is 0
 * @param priceKept whether it says no price: the ordered one stands, and the line's own is 0
 */
public record LineChange(
        Action action,
        @Nullable BigDecimal left,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean quantityKept,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean priceKept) {

    /** Whether the line says all of what is ordered by it after the change, so that it amounts to something. */
    public boolean whole() {
        return action.whole() && !quantityKept && !priceKept;
    }

    /** What happens to the line. */
    public enum Action {
        ADDED("added", true),
        /** Its quantity is what is ordered after the change. */
        CHANGED("changed", true),
        /** Its quantity is by how much more is ordered. */
        INCREASED("increased", false),
        /** Its quantity is by how much less is ordered. */
        DECREASED("decreased", false),
        /** Nothing of it is ordered any more: in a change its quantity is 0. */
        DELETED("deleted", false),
        UNCHANGED("unchanged", true);

        private final String wireName;
        private final boolean whole;

        Action(String wireName, boolean whole) {
            this.wireName = wireName;
            this.whole = whole;
        }

        /** {@code increased}. */
        @JsonValue
        public String wireName() {
            return wireName;
        }

        private boolean whole() {
            return whole;
        }

        /** Whether the line's quantity is a difference. */
        public boolean difference() {
            return this == INCREASED || this == DECREASED;
        }

        /** The action with this name. Throws {@link IllegalArgumentException} for any other. */
        @JsonCreator
        public static Action of(String wireName) {
            for (Action action : values()) {
                if (action.wireName.equals(wireName)) {
                    return action;
                }
            }
            throw new IllegalArgumentException("Not a change of a line: " + wireName);
        }
    }
}
