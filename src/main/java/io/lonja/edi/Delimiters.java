package io.lonja.edi;

/**
 * The characters that separate, as ISA declares them: {@code * > ~}.
 *
 * @param repetition ISA11 from version 00402 on; 0 where elements cannot repeat
 */
public record Delimiters(char element, char component, char repetition, char terminator) {}
