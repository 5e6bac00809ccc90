/** The ledger: who earned what, because of which document. Entries are added, never changed. */
@ApplicationModule(allowedDependencies = {"archive", "party", "document", "consortium", "money", "alarm"})
@NullMarked
package io.lonja.commission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
