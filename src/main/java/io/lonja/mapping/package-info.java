/** Between the wire and the documents. Smooks lives here. */
@ApplicationModule(allowedDependencies = {"archive", "party", "partner", "edi", "document", "money", "alarm"})
@NullMarked
package io.lonja.mapping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
