/** The commands of {@code lonja.jar}. */
@ApplicationModule(
        allowedDependencies = {
            "money",
            "alarm",
            "archive",
            "party",
            "partner",
            "document",
            "intake",
            "edi",
            "mapping",
            "delivery",
            "commission",
            "account",
            "opportunity",
            "tracking",
            "access",
            "transport",
            "transport :: as2",
            "portal"
        })
@NullMarked
package io.lonja.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
