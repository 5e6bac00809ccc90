-- Programs that may ask for tokens. credential is the entry that set the present secret.
CREATE TABLE api_client (
    client_id     VARCHAR(64) PRIMARY KEY,
    party         VARCHAR(64),
    scopes        VARCHAR(500) NOT NULL,
    secret_hash   VARCHAR(100) NOT NULL,
    credential    BIGINT NOT NULL,
    registered_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    secret_since  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    revoked_at    TIMESTAMP(6) WITH TIME ZONE
);

-- What was asked for under an idempotency key and what came of it, without the secret that was made.
CREATE TABLE api_client_request (
    actor       VARCHAR(64) NOT NULL,
    request_key VARCHAR(255) NOT NULL,
    fact        VARCHAR(64) NOT NULL,
    request     VARCHAR(2000) NOT NULL,
    entry       BIGINT NOT NULL,
    status      INTEGER NOT NULL,
    answer      VARCHAR(4000) NOT NULL,
    PRIMARY KEY (actor, request_key)
);
