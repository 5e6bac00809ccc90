/** The business documents as records, and {@link io.lonja.document.DocumentRef}, why a fact exists. */
@ApplicationModule(allowedDependencies = {"archive", "party", "money", "alarm"})
@NullMarked
package io.lonja.document;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
