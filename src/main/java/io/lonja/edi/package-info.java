/** Interchanges in both standards: read, judged, acknowledged, written. X12's noun transaction set serves for both; EDIFACT calls it a message. Plain Java. */
@ApplicationModule(allowedDependencies = {"archive", "alarm"})
@NullMarked
package io.lonja.edi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
