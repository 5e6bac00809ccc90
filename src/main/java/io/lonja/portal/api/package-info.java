/** The JAX-RS resources under {@code /api/v1}: what programs see and do. */
@NullMarked
package io.lonja.portal.api;

import org.jspecify.annotations.NullMarked;
