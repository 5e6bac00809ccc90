package io.lonja.intake;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One at a time for what could be the same message; a fixed number of locks, shared by hash. */
final class SenderLocks {

    private static final int STRIPES = 256;

    private final Lock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

    /** Runs while it holds the locks of both names, taken in one order everywhere so that nobody waits in a circle. */
    <T> T holding(String name, String otherName, Supplier<T> decision) {
        int one = stripe(name);
        int other = stripe(otherName);
        Lock first = stripes[Math.min(one, other)];
        Lock second = stripes[Math.max(one, other)];
        first.lock();
        try {
            second.lock();
            try {
                return decision.get();
            } finally {
                second.unlock();
            }
        } finally {
            first.unlock();
        }
    }

    private static int stripe(String name) {
        int hash = name.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), STRIPES);
    }
}
