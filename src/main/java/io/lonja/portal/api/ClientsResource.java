package io.lonja.portal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.access.ApiClient;
import io.lonja.access.ApiClients;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Credentials of partners and members: made, renewed and taken by the operator; a secret is shown once. */
@Path("/clients")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.OPERATOR)
public class ClientsResource {

    private static final Pattern CLIENT_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiClients clients;
    private final TradingPartners partners;
    private final Callers callers;

    ClientsResource(ApiClients clients, TradingPartners partners, Callers callers) {
        this.clients = clients;
        this.partners = partners;
        this.callers = callers;
    }

    /**
     * A program that shall have access.
     *
     * @param clientId its name; the party's when absent
     * @param party whom it acts for; absent for the operator
     * @param scopes at most; what the party's roles need when absent
     */
    record NewClient(
            @Nullable String clientId,
            @Nullable String party,
            @Nullable List<String> scopes) {}

    @GET
    public Page<ApiClient.View> list(@BeanParam PageRequest page) {
        List<ApiClient.View> found = clients.all().stream()
                .map(ApiClient::view)
                .filter(client -> page.after()
                        .map(last -> client.clientId().compareTo(last) > 0)
                        .orElse(true))
                .limit(page.limit() + 1L)
                .toList();
        return page.page(found, ApiClient.View::clientId);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(NewClient request, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        if (request == null) {
            throw ProblemException.invalid("", "Say at least {\"party\":\"…\"} or {\"clientId\":\"…\"}.");
        }
        TradingPartner partner = request.party() == null ? null : partner(request.party());
        String clientId = request.clientId() == null ? request.party() : request.clientId();
        if (clientId == null || !CLIENT_ID.matcher(clientId).matches()) {
            throw ProblemException.invalid(
                    "/clientId", "A client id has 1 to 64 lower-case letters, digits and hyphens.");
        }
        SortedSet<Scope> scopes = request.scopes() == null ? usual(partner) : named(request.scopes(), partner);
        return shown(clients.register(
                clientId,
                partner == null ? null : partner.id(),
                scopes,
                callers.current().clientId(),
                key));
    }

    @POST
    @Path("/{id}/rotate")
    public Response rotate(@PathParam("id") String id, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        existing(id);
        return shown(clients.rotate(id, callers.current().clientId(), key));
    }

    @DELETE
    @Path("/{id}")
    public Response revoke(@PathParam("id") String id) {
        existing(id);
        return OutcomeResponse.of(clients.revoke(id, callers.current().clientId(), null));
    }

    private void existing(String id) {
        if (clients.find(id).filter(ApiClient::isActive).isEmpty()) {
            throw ProblemException.notFound("client " + id);
        }
    }

    private TradingPartner partner(String party) {
        try {
            return partners.find(new PartyId(party)).orElseThrow(() -> unknown(party));
        } catch (IllegalArgumentException e) {
            throw unknown(party);
        }
    }

    private static ProblemException unknown(String party) {
        return ProblemException.invalid(
                "/party", "There is no partner %s; it needs a folder under partners/ first.".formatted(party));
    }

    private static SortedSet<Scope> named(List<String> names, @Nullable TradingPartner partner) {
        if (names.isEmpty()) {
            throw ProblemException.invalid(
                    "/scopes", "A client without scopes could do nothing; name one or leave scopes out.");
        }
        SortedSet<Scope> scopes = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String pointer = "/scopes/" + i;
            Scope scope = Scope.named(name == null ? "" : name)
                    .orElseThrow(() -> ProblemException.invalid(pointer, "There is no scope %s.".formatted(name)));
            if (scope == Scope.OPERATOR && partner != null) {
                throw ProblemException.invalid(
                        pointer, "A client of a partner cannot be the operator; leave party out for one that is.");
            }
            scopes.add(scope);
        }
        return scopes;
    }

    /** What the roles of a party need: members order and pledge, suppliers invoice and offer; the operator does all. */
    private static SortedSet<Scope> usual(@Nullable TradingPartner partner) {
        if (partner == null) {
            return new TreeSet<>(EnumSet.allOf(Scope.class));
        }
        Set<Scope> scopes = EnumSet.of(
                Scope.INTERCHANGES_READ,
                Scope.INTERCHANGES_WRITE,
                Scope.ACCOUNTS_READ,
                Scope.COMMISSIONS_READ,
                Scope.LEDGER_READ,
                Scope.PARTNERS_READ);
        if (partner.roles().contains(Role.MEMBER)) {
            scopes.addAll(EnumSet.of(Scope.OPPORTUNITIES_READ, Scope.GROUP_ORDERS_READ, Scope.PLEDGES_WRITE));
        }
        if (partner.roles().contains(Role.SUPPLIER)) {
            scopes.addAll(EnumSet.of(Scope.OPPORTUNITIES_READ, Scope.GROUP_ORDERS_READ, Scope.OFFERS_WRITE));
        }
        return new TreeSet<>(scopes);
    }

    /** The client, and its secret where this is the first answer. */
    private static Response shown(ApiClients.Issued issued) {
        if (issued.secret().isEmpty()) {
            return OutcomeResponse.of(issued.outcome());
        }
        try {
            JsonNode client = JSON.readTree(issued.outcome().body());
            return Response.status(issued.outcome().status())
                    .entity(((ObjectNode) client)
                            .put("clientSecret", issued.secret().get()))
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("A client's outcome is JSON", e);
        }
    }
}
