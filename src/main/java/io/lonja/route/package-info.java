/** How messages move: the routes folder, the broker with its two queues, and who is woken again or at a deadline. Camel lives here. */
@ApplicationModule(allowedDependencies = {"archive", "alarm", "party", "intake", "delivery", "edi", "consortium"})
@NullMarked
package io.lonja.route;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
