package io.lonja.edi;

/** The two families of EDI syntax. */
public enum Standard {
    X12,
    EDIFACT
}
