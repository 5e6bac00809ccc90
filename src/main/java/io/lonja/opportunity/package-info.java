/** What a party could buy next, and why we think so. */
@ApplicationModule(allowedDependencies = {"archive", "party", "document", "money", "account"})
@NullMarked
package io.lonja.opportunity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
