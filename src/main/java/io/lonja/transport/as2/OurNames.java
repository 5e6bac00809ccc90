package io.lonja.transport.as2;

import io.lonja.partner.As2Channel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The AS2 names that this hub bears, such as those of several companies of one house. Which of them a partner knows
 * stands in its profile.
 *
 * @param main for partners whose profile names none
 * @param also all others
 */
record OurNames(String main, List<String> also) {

    /** @throws IllegalArgumentException when one is no AS2 name (RFC 4130, section 6.2), or stands there twice */
    OurNames {
        also = List.copyOf(also);
        Set<String> seen = new LinkedHashSet<>();
        for (String name : Stream.concat(Stream.of(main), also.stream()).toList()) {
            if (!name.matches("[ !#-\\[\\]-~]{1,128}")) {
                throw new IllegalArgumentException(
                        "lonja.identity.as2 and as2-also: `%s` is no AS2 name of 1 to 128 printable characters."
                                .formatted(name));
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "lonja.identity.as2 and as2-also: `%s` stands there twice.".formatted(name));
            }
        }
    }

    static OurNames only(String name) {
        return new OurNames(name, List.of());
    }

    List<String> all() {
        return Stream.concat(Stream.of(main), also.stream()).toList();
    }

    boolean contain(String name) {
        return name.equals(main) || also.contains(name);
    }

    /** Those that the partner may write to. */
    List<String> knownTo(As2Channel partner) {
        return partner.ownNames().isEmpty()
                ? List.of(main)
                : partner.ownNames().stream().filter(this::contain).toList();
    }

    /** The one that we write to the partner from; empty when its profile names one first that is not ours. */
    Optional<String> towards(As2Channel partner) {
        return partner.ownNames().isEmpty()
                ? Optional.of(main)
                : Optional.of(partner.ownNames().get(0)).filter(this::contain);
    }
}
