/** Items: whose code is whose, and how many units are in whose pack. */
@ApplicationModule(allowedDependencies = {"archive", "party", "document"})
@NullMarked
package io.lonja.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
