/** What people and programs see and do: the API over everything but the transports. */
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
            "catalogue",
            "consortium",
            "commission",
            "account",
            "opportunity",
            "fulfilment",
            "tracking",
            "access"
        })
@NullMarked
package io.lonja.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
