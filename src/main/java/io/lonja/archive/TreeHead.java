package io.lonja.archive;

/**
 * What the whole archive was at one moment: whoever keeps it can show later that history was not rewritten.
 *
 * @param size number of entries
 * @param root Merkle tree hash of their headers (RFC 6962, section 2.1)
 */
public record TreeHead(long size, Sha256 root) {

    /** {@code 1234:9f86d0…}, as receipts and statements carry it. */
    @Override
    public String toString() {
        return size + ":" + root;
    }
}
