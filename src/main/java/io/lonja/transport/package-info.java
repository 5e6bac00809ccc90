/** HTTPS and SFTP channels: bytes in, receipts out, and what is owed. Nothing depends on a transport. */
@ApplicationModule(allowedDependencies = {"archive", "alarm", "party", "partner", "intake", "delivery", "access"})
@NullMarked
package io.lonja.transport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
