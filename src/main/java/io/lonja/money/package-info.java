/** Amounts, currencies, exact splitting: the parts always add up to the whole. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.lonja.money;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
