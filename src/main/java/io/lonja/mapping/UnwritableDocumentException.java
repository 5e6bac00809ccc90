package io.lonja.mapping;

/** A document that a guide, a partner's agreement or a character set cannot say; the message is for the operator. */
final class UnwritableDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnwritableDocumentException(String sentence) {
        super(sentence);
    }
}
