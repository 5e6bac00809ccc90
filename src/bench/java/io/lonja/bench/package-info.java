/** Benchmarks: each against its peer or limit in the same run, judged by bars that stand in a file. */
@NullMarked
package io.lonja.bench;

import org.jspecify.annotations.NullMarked;
