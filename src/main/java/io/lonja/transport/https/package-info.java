/** Interchanges over HTTPS, and the TLS door itself. */
@NullMarked
package io.lonja.transport.https;

import org.jspecify.annotations.NullMarked;
