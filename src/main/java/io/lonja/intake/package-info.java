/** The durable receipt: what arrived, from whom, when. Knows bytes, not EDI. */
@ApplicationModule(allowedDependencies = {"archive", "party", "partner", "alarm"})
@NullMarked
package io.lonja.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
