/** Members who buy together to reach a price: pledges, group orders, allocations. */
@ApplicationModule(allowedDependencies = {"archive", "alarm", "party", "partner", "document", "catalogue", "money"})
@NullMarked
package io.lonja.consortium;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
