/** HTTPS channel: bytes in, receipts out. Nothing depends on a transport. */
@ApplicationModule(allowedDependencies = {"archive", "party", "partner", "intake", "delivery", "access"})
@NullMarked
package io.lonja.transport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
