/** Evidence and facts in one provable sequence: append, read, replay, prove. */
@ApplicationModule(allowedDependencies = {"alarm"})
@NullMarked
package io.lonja.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
