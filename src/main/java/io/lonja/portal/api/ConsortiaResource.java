package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.Command;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.archive.EntryId;
import io.lonja.catalogue.ItemId;
import io.lonja.consortium.Consortia;
import io.lonja.consortium.Consortium;
import io.lonja.consortium.ConsortiumDecisions;
import io.lonja.consortium.ConsortiumDecisions.NewOffer;
import io.lonja.consortium.ConsortiumId;
import io.lonja.consortium.GroupOrder;
import io.lonja.consortium.GroupOrders;
import io.lonja.consortium.SupplyAgreement;
import io.lonja.consortium.SupplyAgreement.PriceTier;
import io.lonja.consortium.UnmatchedLine;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.party.Role;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who buys together, from whom and at which prices. */
@Path("/consortia")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.OPERATOR)
public class ConsortiaResource {

    private final Consortia consortia;
    private final GroupOrders groupOrders;
    private final GroupOrderViews views;
    private final TradingPartners partners;
    private final Commands commands;
    private final Callers callers;

    ConsortiaResource(
            Consortia consortia,
            GroupOrders groupOrders,
            GroupOrderViews views,
            TradingPartners partners,
            Commands commands,
            Callers callers) {
        this.consortia = consortia;
        this.groupOrders = groupOrders;
        this.views = views;
        this.partners = partners;
        this.commands = commands;
        this.callers = callers;
    }

    record NewMember(@Nullable String party, @Nullable String location) {}

    record NewConsortium(
            @Nullable String id,
            @Nullable String name,
            @Nullable String operator,
            @Nullable List<@Nullable NewMember> members) {}

    record NewTier(@Nullable String from, @Nullable String price) {}

    record NewItem(
            @Nullable String item,
            @Nullable String unit,
            @Nullable String maximum,
            @Nullable List<@Nullable NewTier> tiers) {}

    record NewAgreement(
            @Nullable String supplier,
            @Nullable String currency,
            @Nullable String validFrom,
            @Nullable String validTo,
            @Nullable List<@Nullable NewItem> items) {}

    record NewGroupOrder(
            @Nullable String agreement,
            @Nullable String deadline,
            @Nullable String delivery) {}

    @GET
    @RequiresScope(Scope.GROUP_ORDERS_READ)
    public Page<Map<String, @Nullable Object>> list(@BeanParam PageRequest page) {
        PartyId eyes = eyes(callers.current());
        String after = page.after().orElse("");
        List<Map<String, @Nullable Object>> found = consortia.all().stream()
                .filter(consortium -> consortium.id().value().compareTo(after) > 0)
                .filter(consortium -> eyes == null || consortium.member(eyes).isPresent())
                .limit(page.limit() + 1L)
                .map(consortium -> consortium.tree(eyes))
                .toList();
        return page.page(found, consortium -> String.valueOf(consortium.get("id")));
    }

    /** Says who buys together; under an id that is there, it says it anew. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response say(@Nullable NewConsortium body, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        if (body == null) {
            throw ProblemException.invalid("", "Say id, name, operator and members.");
        }
        ConsortiumId id = Texts.read("/id", body.id(), ConsortiumId::new);
        PartyId operator = Texts.partner(partners, "/operator", body.operator(), Role.OPERATOR);
        List<Consortium.Member> members = new ArrayList<>();
        List<@Nullable NewMember> said = body.members() == null ? List.of() : body.members();
        for (int i = 0; i < said.size(); i++) {
            NewMember member = said.get(i);
            String pointer = "/members/" + i;
            if (member == null) {
                throw ProblemException.invalid(pointer, "Say party, and location where it is not the party's id.");
            }
            PartyId party = Texts.partner(partners, pointer + "/party", member.party(), Role.MEMBER);
            members.add(Texts.read(
                    pointer + "/location",
                    member.location() == null ? party.value() : member.location(),
                    location -> new Consortium.Member(party, location)));
        }
        Consortium consortium = Texts.read("/name", body.name(), name -> new Consortium(id, name, operator, members));
        return decided(ConsortiumDecisions.say(callers.current().clientId(), key, consortium));
    }

    @GET
    @Path("/{id}")
    @RequiresScope(Scope.GROUP_ORDERS_READ)
    public Map<String, @Nullable Object> one(@PathParam("id") String id) {
        PartyId eyes = eyes(callers.current());
        Consortium consortium = visible(id, eyes);
        Map<String, @Nullable Object> tree = consortium.tree(eyes);
        tree.put(
                "unmatched",
                groupOrders.unmatched(consortium.operator()).stream()
                        .filter(line -> eyes == null || line.buyer().equals(eyes))
                        .map(UnmatchedLine::tree)
                        .toList());
        return tree;
    }

    @GET
    @Path("/{id}/supply-agreements")
    public Page<Map<String, @Nullable Object>> agreements(@PathParam("id") String id, @BeanParam PageRequest page) {
        Consortium consortium = visible(id, null);
        long after = page.afterNumber().orElse(0L);
        List<Map<String, @Nullable Object>> found = consortia.agreements(consortium.id()).stream()
                .filter(agreement -> agreement.id().sequence() > after)
                .limit(page.limit() + 1L)
                .map(SupplyAgreement::tree)
                .toList();
        return page.page(found, agreement -> String.valueOf(agreement.get("id")));
    }

    @POST
    @Path("/{id}/supply-agreements")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response agree(
            @PathParam("id") String id,
            @Nullable NewAgreement body,
            @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        Consortium consortium = visible(id, null);
        if (body == null) {
            throw ProblemException.invalid("", "Say supplier, currency, validFrom and items.");
        }
        List<NewOffer> offers = new ArrayList<>();
        List<@Nullable NewItem> said = body.items() == null ? List.of() : body.items();
        for (int i = 0; i < said.size(); i++) {
            offers.add(offer("/items/" + i, said.get(i)));
        }
        return decided(ConsortiumDecisions.agree(
                callers.current().clientId(),
                key,
                new ConsortiumDecisions.NewAgreement(
                        consortium.id(),
                        Texts.partner(partners, "/supplier", body.supplier(), Role.SUPPLIER),
                        Texts.currency("/currency", body.currency()),
                        Texts.date("/validFrom", body.validFrom()),
                        body.validTo() == null ? null : Texts.date("/validTo", body.validTo()),
                        offers)));
    }

    private static NewOffer offer(String pointer, @Nullable NewItem said) {
        if (said == null) {
            throw ProblemException.invalid(pointer, "Say item and tiers.");
        }
        List<PriceTier> tiers = new ArrayList<>();
        List<@Nullable NewTier> steps = said.tiers() == null ? List.of() : said.tiers();
        for (int i = 0; i < steps.size(); i++) {
            String place = "%s/tiers/%d".formatted(pointer, i);
            NewTier tier = steps.get(i);
            if (tier == null) {
                throw ProblemException.invalid(place, "Say from and price.");
            }
            long from = Texts.whole(place + "/from", tier.from());
            tiers.add(Texts.read(
                    place,
                    Texts.decimal(place + "/price", tier.price()).toPlainString(),
                    price -> new PriceTier(from, new java.math.BigDecimal(price))));
        }
        return new NewOffer(
                Texts.read(pointer + "/item", said.item(), ItemId::new),
                said.unit(),
                said.maximum() == null ? null : Texts.whole(pointer + "/maximum", said.maximum()),
                tiers);
    }

    @GET
    @Path("/{id}/group-orders")
    @RequiresScope(Scope.GROUP_ORDERS_READ)
    public Page<Map<String, @Nullable Object>> groupOrders(@PathParam("id") String id, @BeanParam PageRequest page) {
        PartyId eyes = eyes(callers.current());
        Consortium consortium = visible(id, eyes);
        List<GroupOrder> found =
                groupOrders.of(consortium.id(), page.afterNumber().orElse(Long.MAX_VALUE), page.limit() + 1);
        return page.page(
                found.stream().map(groupOrder -> views.of(groupOrder, eyes)).toList(),
                groupOrder -> String.valueOf(groupOrder.get("id")));
    }

    @POST
    @Path("/{id}/group-orders")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(
            @PathParam("id") String id,
            @Nullable NewGroupOrder body,
            @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        Consortium consortium = visible(id, null);
        if (body == null) {
            throw ProblemException.invalid("", "Say agreement and deadline.");
        }
        EntryId agreement = SequenceId.of(String.valueOf(body.agreement()))
                .orElseThrow(
                        () -> ProblemException.invalid("/agreement", "agreement is the id of a supply agreement."));
        return decided(ConsortiumDecisions.open(
                callers.current().clientId(),
                key,
                new ConsortiumDecisions.NewGroupOrder(
                        consortium.id(),
                        agreement,
                        Texts.instant("/deadline", body.deadline()),
                        body.delivery() == null ? null : Texts.date("/delivery", body.delivery()))));
    }

    private Consortium visible(String id, @Nullable PartyId eyes) {
        Optional<Consortium> found;
        try {
            found = consortia.find(new ConsortiumId(id));
        } catch (IllegalArgumentException e) {
            found = Optional.empty();
        }
        return found.filter(
                        consortium -> eyes == null || consortium.member(eyes).isPresent())
                .orElseThrow(() -> ProblemException.notFound("consortium " + id));
    }

    /** Whose part is shown; null for the operator, who sees all. */
    static @Nullable PartyId eyes(Caller caller) {
        return caller.isOperator() ? null : Own.party(caller);
    }

    private Response decided(Command command) {
        return OutcomeResponse.of(commands.execute(command, Effect.Lane.BOOKS));
    }
}
