/** How we exchange with a party: channels, agreements, certificates. */
@ApplicationModule(allowedDependencies = {"archive", "party", "alarm"})
@NullMarked
package io.lonja.partner;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
