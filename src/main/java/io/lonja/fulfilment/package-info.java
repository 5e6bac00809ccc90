/** What became of every ordered line: confirmed, sent, invoiced, short, or still open, and what does not fit. */
@ApplicationModule(allowedDependencies = {"archive", "party", "partner", "document", "money", "alarm"})
@NullMarked
package io.lonja.fulfilment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
