package io.lonja.force.day;

import java.net.URI;

/** By which door a partner and the hub hand interchanges to each other. */
enum Way {
    /** The partner brings and fetches. */
    HTTPS {
        @Override
        String channel(Firm firm, URI as2) {
            return "";
        }
    },
    /** Either brings what it has for the other, and gets a signed receipt. */
    AS2 {
        @Override
        String channel(Firm firm, URI as2) {
            return """
                    , as2: { outbound: { url: "%s" }, certificates: [{ file: certificates/own.pem, use: [sign, encrypt], \
                    from: 2020-01-01, until: 2099-12-31 }] }""".formatted(as2);
        }
    },
    /** The partner leaves files in the hub's drop-box, and takes those that lie there for it. */
    SFTP {
        @Override
        String channel(Firm firm, URI as2) {
            return ", sftp: { server: { authorized_keys: certificates/own.pub } }";
        }
    };

    /**
     * Of the profile, beside the credentials for the API, which everybody has.
     *
     * @param as2 where the partner's server is; only what is brought by AS2 goes there
     */
    abstract String channel(Firm firm, URI as2);
}
