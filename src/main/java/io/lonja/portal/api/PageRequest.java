package io.lonja.portal.api;

import jakarta.ws.rs.QueryParam;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which stretch of a list is asked for: a {@code @BeanParam} of every operation that answers a {@link Page}. */
public class PageRequest {

    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 500;

    @QueryParam("limit")
    @Nullable
    String limit;

    @QueryParam("after")
    @Nullable
    String after;

    /** How many items at most: 1 to 500, 50 when nothing is said. */
    public int limit() {
        if (limit == null) {
            return LIMIT_DEFAULT;
        }
        if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > LIMIT_MAX) {
            throw ProblemException.badParameter("limit", "limit is a number from 1 to " + LIMIT_MAX + ".");
        }
        return Integer.parseInt(limit);
    }

    /** The key of the last item of the stretch before, as {@link #page} put it into the cursor. */
    public Optional<String> after() {
        if (after == null || after.isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteBuffer key = ByteBuffer.wrap(Base64.getUrlDecoder().decode(after));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(key).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw unknownCursor();
        }
    }

    /** {@link #after} where the key is a number, for instance an archive sequence. */
    public Optional<Long> afterNumber() {
        return after().map(key -> {
            if (!key.matches("[0-9]{1,18}")) {
                throw unknownCursor();
            }
            return Long.valueOf(key);
        });
    }

    static ProblemException unknownCursor() {
        return ProblemException.badParameter("after", "after is not a cursor from the next of an earlier answer.");
    }

    /**
     * The page that answers this request.
     *
     * @param found the items after the cursor in the list's order, one more than {@link #limit} when there are more
     * @param key what identifies an item's place in that order
     */
    public <T> Page<T> page(List<T> found, Function<T, Object> key) {
        if (found.size() <= limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit());
        byte[] last = key.apply(items.get(items.size() - 1)).toString().getBytes(StandardCharsets.UTF_8);
        return new Page<>(
                List.copyOf(items), Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
}
