package io.lonja.edi;

import io.lonja.archive.ByteRange;

/** What keeps an XML document from being read at all: the one error that is told of it. Never leaves this package. */
final class XmlFault extends Exception {

    private static final long serialVersionUID = 1;

    private final transient SyntaxError error;

    private XmlFault(SyntaxError error) {
        super(error.code().wireName(), null, false, false);
        this.error = error;
    }

    static XmlFault at(ErrorCode code, String found, String rule, ByteRange bytes) {
        return new XmlFault(new SyntaxError(0, "", 0, 0, code, found, Expectation.rule(rule), bytes));
    }

    SyntaxError error() {
        return error;
    }
}
