-- Every version of every partner's profile, by the fact that archived it; the newest one of a partner counts.
CREATE TABLE partner_profile (
    entry       BIGINT PRIMARY KEY,
    partner     VARCHAR(64) NOT NULL,
    version     VARCHAR(64),
    profile     TEXT,
    arrived_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE INDEX partner_profile_partner ON partner_profile (partner, entry);
