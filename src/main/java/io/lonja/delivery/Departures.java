package io.lonja.delivery;

/** The way out: hands a delivery to the transport of its channel. */
public interface Departures {

    /**
     * Takes as long as the transport's own time-outs allow. Whatever goes wrong is {@link Carried.Failed}.
     *
     * @param channel {@code as2}, {@code sftp}
     */
    Carried carry(String channel, Departure departure);
}
