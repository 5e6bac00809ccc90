/**
 * AS2 (RFC 4130, RFC 5402): messages opened where they lie in the bytes that came, MDNs that say what became of them.
 * The codec is plain Java over Bouncy Castle and knows neither the container nor a profile.
 */
@NamedInterface("as2")
@NullMarked
package io.lonja.transport.as2;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
