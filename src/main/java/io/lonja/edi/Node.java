package io.lonja.edi;

/** A transaction set as its guide sees it: segments, and loops of segments. */
public sealed interface Node permits Segment, Loop {}
