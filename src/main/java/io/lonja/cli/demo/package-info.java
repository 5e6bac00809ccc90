/** The main job, played once by real clients through public doors, so that a newcomer sees what the hub does. */
@NullMarked
package io.lonja.cli.demo;

import org.jspecify.annotations.NullMarked;
