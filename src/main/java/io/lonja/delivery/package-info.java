/** What we owe somebody: sent, confirmed, overdue or abandoned with a reason. */
@ApplicationModule(allowedDependencies = {"archive", "party", "partner", "alarm"})
@NullMarked
package io.lonja.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
