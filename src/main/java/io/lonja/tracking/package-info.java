/** Where is my document? Life cycle, lineage, search. Read side only. */
@ApplicationModule(allowedDependencies = {"archive", "party", "partner", "document", "intake", "edi", "delivery"})
@NullMarked
package io.lonja.tracking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
