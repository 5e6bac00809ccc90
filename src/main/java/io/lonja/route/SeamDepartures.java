package io.lonja.route;

import io.lonja.delivery.Carried;
import io.lonja.delivery.Departure;
import io.lonja.delivery.Departures;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Takes a delivery to the seam of its channel: {@code direct:as2-outbound}. */
record SeamDepartures(ProducerTemplate seams) implements Departures {

    @Override
    public Carried carry(String channel, Departure departure) {
        try {
            return seams.requestBody("direct:%s-outbound".formatted(channel), departure, Carried.class);
        } catch (CamelExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Carried.Failed("The channel %s failed: %s.".formatted(channel, cause.getMessage()), true);
        }
    }
}
