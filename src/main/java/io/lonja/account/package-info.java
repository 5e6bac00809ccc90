/** Account history: what happened between a party and us, in the order it happened. */
@ApplicationModule(
        allowedDependencies = {"archive", "party", "document", "money", "commission", "catalogue", "consortium"})
@NullMarked
package io.lonja.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
