package io.lonja.partner;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * From where an internet address is reached, by the special-purpose registries of RFC 6890. An IPv6 address that stands
 * for one of IPv4 (mapped, compatible, NAT64, 6to4, ISATAP) has the reach of that one.
 */
public enum Reach {
    /** From everywhere. */
    PUBLIC,
    /** From this machine or within a network: loopback, RFC 1918, RFC 6598, RFC 2544, unique local. */
    PRIVATE,
    /** By no connection that anybody should make: unspecified, link-local, multicast, reserved, for documents only. */
    NONE;

    private record Block(byte[] prefix, int bits, Reach reach) {

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> BLOCKS = List.of(
            block("0.0.0.0", 8, NONE),
            block("10.0.0.0", 8, PRIVATE),
            block("100.64.0.0", 10, PRIVATE),
            block("127.0.0.0", 8, PRIVATE),
            block("169.254.0.0", 16, NONE),
            block("172.16.0.0", 12, PRIVATE),
            block("192.0.0.0", 24, NONE),
            block("192.0.2.0", 24, NONE),
            block("192.88.99.0", 24, NONE),
            block("192.168.0.0", 16, PRIVATE),
            block("198.18.0.0", 15, PRIVATE),
            block("198.51.100.0", 24, NONE),
            block("203.0.113.0", 24, NONE),
            block("224.0.0.0", 4, NONE),
            block("240.0.0.0", 4, NONE),
            block("::1", 128, PRIVATE),
            block("fc00::", 7, PRIVATE),
            // Special assignments, Teredo among them; then what stands in documents.
            block("2001::", 23, NONE),
            block("2001:db8::", 32, NONE),
            block("3fff::", 20, NONE));

    private static final Block GLOBAL_UNICAST = block("2000::", 3, PUBLIC);

    /** Blocks of IPv6 whose addresses carry one of IPv4, and the byte where it begins. */
    private record Embedding(Block block, int from) {}

    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding(block("::", 96, NONE), 12),
            // Java makes ::ffff:0:0/96 an IPv4 address by itself; this is its translated form (RFC 2765).
            new Embedding(block("::ffff:0:0:0", 96, NONE), 12),
            new Embedding(block("64:ff9b::", 96, NONE), 12),
            new Embedding(block("2002::", 16, NONE), 2));

    private static final byte[] ISATAP = {0x5e, (byte) 0xfe};

    /** Of this address. */
    public static Reach of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isLoopbackAddress()) {
            return PRIVATE;
        }
        for (Embedding embedding : EMBEDDINGS) {
            if (embedding.block().contains(bytes)) {
                return ofIpv4(bytes, embedding.from());
            }
        }
        if (bytes.length == 16 && Arrays.equals(bytes, 10, 12, ISATAP, 0, 2) && ofIpv4(bytes, 12) != PUBLIC) {
            return ofIpv4(bytes, 12);
        }
        for (Block block : BLOCKS) {
            if (block.contains(bytes)) {
                return block.reach();
            }
        }
        return address instanceof Inet4Address || GLOBAL_UNICAST.contains(bytes) ? PUBLIC : NONE;
    }

    private static Reach ofIpv4(byte[] carrier, int from) {
        try {
            return of(InetAddress.getByAddress(Arrays.copyOfRange(carrier, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an IPv4 address", e);
        }
    }

    private static Block block(String prefix, int bits, Reach reach) {
        try {
            return new Block(InetAddress.getByName(prefix).getAddress(), bits, reach); // Literals are not looked up.
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Not an address: " + prefix, e);
        }
    }
}
