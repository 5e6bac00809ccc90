package io.lonja.commission;

import java.util.List;

/**
 * What a verifier found.
 *
 * @param checked sentences about what was checked and holds, in the order of the checks
 * @param notProved sentences about what this check could not show, and what to do about it
 * @param findings sentences about what does not hold; empty when all does
 */
public record Verification(List<String> checked, List<String> notProved, List<String> findings) {

    public boolean holds() {
        return findings.isEmpty();
    }
}
