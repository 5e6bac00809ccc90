package io.lonja.edi;

/**
 * A document in an interchange that we send.
 *
 * @param number as written: BEG03, BIG02, BGM 1004
 * @param of in whose name it is sent, so that two senders' documents of one number stay apart
 */
public record SentDocument(String number, String of) {}
