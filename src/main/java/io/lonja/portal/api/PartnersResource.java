package io.lonja.portal.api;

import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.partner.Agreement;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.CodeKind;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who trades here: a party sees its own profile, the operator all. */
@Path("/partners")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.PARTNERS_READ)
public class PartnersResource {

    private final TradingPartners partners;
    private final Callers callers;

    PartnersResource(TradingPartners partners, Callers callers) {
        this.partners = partners;
        this.callers = callers;
    }

    /**
     * A profile without secrets.
     *
     * @param version digest of the profile as it was archived when it went live
     */
    record View(
            String id,
            String name,
            List<String> roles,
            List<Name> identities,
            String currency,
            List<Agreed> agreements,
            String version) {

        static View of(TradingPartner partner) {
            return new View(
                    partner.id().value(),
                    partner.name(),
                    partner.roles().stream().map(View::lower).sorted().toList(),
                    partner.identities().stream()
                            .map(it -> new Name(lower(it.scheme()), it.qualifier(), it.value()))
                            .sorted(Comparator.comparing(Name::toString))
                            .toList(),
                    partner.currency().getCurrencyCode(),
                    partner.agreements().stream().map(Agreed::of).toList(),
                    partner.version());
        }

        private static String lower(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A name on the wire. */
    record Name(String scheme, String qualifier, String value) {}

    /** One kind of document exchanged. */
    record Agreed(
            String document,
            String direction,
            String guide,
            String acknowledge,
            @Nullable String interchange,
            @Nullable String onSyntaxError,
            @Nullable String onProblem,
            List<String> codes) {

        static Agreed of(Agreement agreement) {
            return new Agreed(
                    agreement.document(),
                    View.lower(agreement.direction()),
                    agreement.guide(),
                    agreement.acknowledgedWithin() == null
                            ? View.lower(agreement.acknowledge())
                            : "expect-within-" + shortly(agreement.acknowledgedWithin()),
                    inbound(agreement, agreement.kept() ? "kept" : "split"),
                    inbound(agreement, agreement.refusedWhole() ? "interchange" : "transaction-set"),
                    inbound(agreement, agreement.problemsRefused() ? "refuse" : "hold"),
                    agreement.codes().stream().map(CodeKind::wireName).toList());
        }

        private static @Nullable String inbound(Agreement agreement, String value) {
            return agreement.direction() == Agreement.Direction.INBOUND ? value : null;
        }

        /** As a profile writes it: {@code 24h}. */
        private static String shortly(Duration duration) {
            long seconds = duration.toSeconds();
            return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
        }
    }

    @GET
    public Page<View> list(@BeanParam PageRequest page) {
        List<View> found = partners.all().stream()
                .filter(partner -> callers.current().maySee(partner.id()))
                .map(View::of)
                .filter(partner -> page.after()
                        .map(last -> partner.id().compareTo(last) > 0)
                        .orElse(true))
                .limit(page.limit() + 1L)
                .toList();
        return page.page(found, View::id);
    }

    @GET
    @Path("/{id}")
    public View one(@PathParam("id") String id) {
        return partners.all().stream()
                .filter(partner -> partner.id().value().equals(id))
                .filter(partner -> callers.current().maySee(partner.id()))
                .findFirst()
                .map(View::of)
                .orElseThrow(() -> ProblemException.notFound("partner " + id));
    }
}
