package io.lonja.transport.as2;

import io.lonja.archive.Archive;
import io.lonja.archive.Entry;
import io.lonja.archive.Payload;
import io.lonja.delivery.Carried;
import io.lonja.delivery.Departure;
import io.lonja.partner.As2Channel;
import io.lonja.partner.As2Channel.Journey;
import io.lonja.partner.As2Channel.MdnHosts;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings an asynchronous MDN to the address that the message named, when the partner's profile lists its host now. The
 * host is looked up once; what came of that is checked and connected to.
 */
public final class MdnSender {

    private final Archive archive;
    private final As2Connection connection;
    private final Lines lines;
    private final MdnAddress.Names names;

    MdnSender(Archive archive, As2Connection connection, Lines lines, MdnAddress.Names names) {
        this.archive = archive;
        this.connection = connection;
        this.lines = lines;
        this.names = names;
    }

    /** One attempt, under a minute. Confirmed when the partner's server answers 2xx. */
    public Carried carry(Departure departure) {
        Entry mdn = archive.entry(departure.owed().id());
        As2Channel channel = departure.to().channels().as2();
        Duration pause = pause(channel, departure.attempt());
        String wanted = String.valueOf(mdn.attributes().get(As2Evidence.MDN_URL));
        MdnAddress address = MdnAddress.of(wanted).orElse(null);
        MdnHosts hosts = channel == null ? null : channel.mdnHosts();
        if (channel == null || hosts == null || address == null || !address.listedIn(hosts)) {
            return new Carried.Failed(
                    "The profile of %s does not list the host of %s for MDNs any more; list it or abandon the MDN."
                            .formatted(departure.to().id(), As2Evidence.shown(wanted)),
                    true,
                    pause);
        }
        MdnAddress.Resolved resolved = address.resolved(names, hosts.privateToo());
        if (resolved instanceof MdnAddress.Resolved.Nowhere nowhere) {
            return new Carried.Failed(nowhere.because(), true, pause);
        }
        Line line;
        try {
            line = lines.forMdn(address, ((MdnAddress.Resolved.To) resolved).addresses(), channel);
        } catch (IllegalStateException missing) {
            return new Carried.Failed(missing.getMessage() + ".", true, pause);
        }
        As2Connection.Outcome outcome =
                connection.post(line, As2Evidence.onTheWire(mdn.attributes()), Payload.of(archive.payload(mdn.id())));
        if (outcome instanceof As2Connection.Outcome.Silent silent) {
            return new Carried.Failed(silent.because(), true, pause);
        }
        As2Connection.Outcome.Answered answered = (As2Connection.Outcome.Answered) outcome;
        return answered.taken()
                ? new Carried.Confirmed("HTTP %d of %s".formatted(answered.status(), address))
                : connection.failed(line, answered, pause);
    }

    private static Duration pause(@Nullable As2Channel channel, int attempt) {
        As2Channel.Outbound outbound = channel == null ? null : channel.outbound();
        List<Duration> retry =
                outbound == null ? Journey.RETRY : outbound.journey().retry();
        return retry.get(Math.min(attempt, retry.size()) - 1);
    }
}
