/** What a person must know: one open and one close per cause. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.lonja.alarm;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
