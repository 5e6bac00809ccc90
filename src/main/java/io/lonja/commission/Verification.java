package io.lonja.commission;

import java.util.List;

/**
 * What a verifier found.
 *
 * @param checked sentences about what was checked and holds, in the order of the checks
 * @param findings sentences about what does not hold; empty when all does
 */
public record Verification(List<String> checked, List<String> findings) {

    public boolean holds() {
        return findings.isEmpty();
    }
}
