package io.lonja.archive;

import java.util.Map;

/** Archives decisions, lets them take effect at once through the effects that a replay uses too, and answers. */
public interface Commands {

    /** Attributes under which a command's entry keeps who decided and under which key. */
    String ACTOR = "actor";

    String IDEMPOTENCY_KEY = "idempotency-key";

    /**
     * Appends the command, applies it in its lane and gives the outcome its effect recorded by {@link Outcomes}.
     *
     * @throws KeyReusedException the same actor used this idempotency key with another body (HTTP 422)
     * @throws KeyInFlightException the first use of the key is not finished (HTTP 409)
     */
    Outcome execute(Command command, Effect.Lane lane);

    /** Where an effect leaves the outcome of a command, inside its transaction. */
    interface Outcomes {
        void record(Entry command, int status, byte[] body);

        /**
         * Records that the command has no effect, and why.
         *
         * @param type of the problem, in words with hyphens: {@code code-taken}
         * @param detail the sentence for whoever asked
         */
        default void refuse(Entry command, int status, String type, String detail) {
            record(command, status, problem(status, type, detail));
        }

        /** The body of a refusal (RFC 9457). */
        static byte[] problem(int status, String type, String detail) {
            return CanonicalJson.write(Map.of(
                    "type",
                    "urn:lonja:problem:" + type,
                    "title",
                    type.replace('-', ' '),
                    "status",
                    status,
                    "detail",
                    detail));
        }
    }

    /** The same idempotency key came with another body. */
    class KeyReusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public KeyReusedException(String message) {
            super(message);
        }
    }

    /** The first request with this idempotency key is still being worked on. */
    class KeyInFlightException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public KeyInFlightException(String message) {
            super(message);
        }
    }
}
