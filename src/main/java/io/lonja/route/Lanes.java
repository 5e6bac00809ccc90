package io.lonja.route;

import io.lonja.archive.Appliers;
import io.lonja.archive.Effect;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Says in readiness whether everything archived takes effect. A hub whose books stand goes on receiving and
 * acknowledging, so that its status is {@code STANDING} but not a reason to send partners away.
 */
final class Lanes implements HealthIndicator {

    static final Status STANDING = new Status("STANDING", "A lane stands at an entry that cannot take effect");

    private final Appliers appliers;

    Lanes(Appliers appliers) {
        this.appliers = appliers;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        for (Effect.Lane lane : Effect.Lane.values()) {
            appliers.standing(lane)
                    .ifPresent(sentence -> health.status(STANDING).withDetail(lane.name(), sentence));
        }
        return health.build();
    }
}
