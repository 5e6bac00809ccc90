/** The SFTP drop-box: what a partner closes in {@code /inbox} is received, what is owed to it lies in {@code /outbox}. */
@NullMarked
package io.lonja.transport.sftp;

import org.jspecify.annotations.NullMarked;
