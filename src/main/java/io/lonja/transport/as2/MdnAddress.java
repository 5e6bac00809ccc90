package io.lonja.transport.as2;

import io.lonja.partner.As2Channel.MdnHosts;
import io.lonja.partner.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody wants an MDN sent (RFC 4130, section 7.3). A stranger wrote it, so only one plain spelling is an address
 * at all: ASCII, http or https, a host, a port, a path; no user, no fragment, nothing that readers disagree about.
 *
 * @param host in lower case, IPv6 in brackets
 * @param port as written, or the scheme's own
 */
record MdnAddress(URI uri, String host, int port) {

    private static final int CHARACTERS_MAX = 1_000;
    private static final int PORT_MAX = 65_535;
    private static final Pattern PLAIN = Pattern.compile("(?<scheme>https?)://"
            + "(?<host>\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)"
            + "(?::(?<port>[0-9]{1,5}))?"
            + "(?<rest>/[A-Za-z0-9._~!$&'()*+,;=:@/%?-]*)?");

    /** Who says which addresses a name has. */
    interface Names {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    /** What an address leads to. */
    sealed interface Resolved {

        /** @param addresses checked, and the only ones to connect to */
        record To(List<InetAddress> addresses) implements Resolved {
            public To {
                addresses = List.copyOf(addresses);
            }
        }

        /** @param because a sentence for the operator */
        record Nowhere(String because) implements Resolved {}
    }

    /** Empty for whatever is no plain address. */
    static Optional<MdnAddress> of(String text) {
        Matcher plain = PLAIN.matcher(text);
        if (text.length() > CHARACTERS_MAX || !plain.matches()) {
            return Optional.empty();
        }
        String host = plain.group("host").toLowerCase(Locale.ROOT);
        int port = port(plain.group("port"), plain.group("scheme"));
        if (port < 1 || port > PORT_MAX || host.contains("..")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MdnAddress(URI.create(text), host, port));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // A per cent sign with no two hexadecimal digits behind it.
        }
    }

    /** Whether it is exactly one of those listed. */
    boolean listedIn(@Nullable MdnHosts hosts) {
        boolean ownPort = port == port(null, uri.getScheme());
        return hosts != null
                && (hosts.listed().contains(host + ":" + port)
                        || ownPort && hosts.listed().contains(host));
    }

    /**
     * Looks its host up, once. Every address must be public, or of a private network where that is allowed: a name that
     * also leads elsewhere leads nowhere.
     */
    Resolved resolved(Names names, boolean privateToo) {
        try {
            List<InetAddress> addresses = List.of(names.addressesOf(host));
            for (InetAddress address : addresses) {
                Reach reach = Reach.of(address);
                if (reach != Reach.PUBLIC && !(reach == Reach.PRIVATE && privateToo)) {
                    return new Resolved.Nowhere("%s has the address %s, which is %s; no MDN is sent there."
                            .formatted(
                                    host,
                                    address.getHostAddress(),
                                    reach == Reach.PRIVATE
                                            ? "in a private network (channels.as2.inbound.mdn_private)"
                                            : "none of a partner's"));
                }
            }
            return addresses.isEmpty()
                    ? new Resolved.Nowhere("%s has no address.".formatted(host))
                    : new Resolved.To(addresses);
        } catch (UnknownHostException e) {
            return new Resolved.Nowhere("The name %s is not known.".formatted(host));
        }
    }

    private static int port(@Nullable String written, String scheme) {
        return written != null ? Integer.parseInt(written) : scheme.equals("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
