package io.lonja.portal.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a list.
 *
 * @param items at most as many as the caller's {@code limit}
 * @param next opaque cursor for {@code ?after=}; null after the last stretch
 */
public record Page<T>(List<T> items, @Nullable String next) {}
