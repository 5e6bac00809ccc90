/** Who is who: parties, their roles and the names they bear on the wire. */
@ApplicationModule(allowedDependencies = {"archive"})
@NullMarked
package io.lonja.party;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
