/** People, programs, roles and mandates: who may see and bind whom. */
@ApplicationModule(allowedDependencies = {"archive", "party"})
@NullMarked
package io.lonja.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
