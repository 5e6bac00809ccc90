package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.account.Savings;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.catalogue.ItemId;
import io.lonja.consortium.CommittedOrder;
import io.lonja.consortium.Consortia;
import io.lonja.consortium.ConsortiumDecisions;
import io.lonja.consortium.ConsortiumDecisions.Pledge;
import io.lonja.consortium.Demand;
import io.lonja.consortium.GroupOrder;
import io.lonja.consortium.GroupOrderView;
import io.lonja.consortium.GroupOrders;
import io.lonja.consortium.GroupShare;
import io.lonja.consortium.GroupShares;
import io.lonja.consortium.ResponseView;
import io.lonja.consortium.Sharing;
import io.lonja.money.Money;
import io.lonja.party.PartyId;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Group orders as their members and their suppliers see them: what is asked for, what is confirmed, what each gets. */
@Path("/group-orders")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.GROUP_ORDERS_READ)
public class GroupOrdersResource {

    private final Consortia consortia;
    private final GroupOrders groupOrders;
    private final GroupOrderViews views;
    private final GroupShares shares;
    private final Savings savings;
    private final Commands commands;
    private final Callers callers;

    GroupOrdersResource(
            Consortia consortia,
            GroupOrders groupOrders,
            GroupOrderViews views,
            GroupShares shares,
            Savings savings,
            Commands commands,
            Callers callers) {
        this.consortia = consortia;
        this.groupOrders = groupOrders;
        this.views = views;
        this.shares = shares;
        this.savings = savings;
        this.commands = commands;
        this.callers = callers;
    }

    /** The member is the caller's own party; only the operator names one. */
    record NewPledge(
            @Nullable String item,
            @Nullable String quantity,
            @Nullable String unit,
            @Nullable String member) {}

    @GET
    @Path("/{id}")
    public Map<String, @Nullable Object> one(@PathParam("id") String id) {
        PartyId eyes = ConsortiaResource.eyes(callers.current());
        return views.of(visible(id, eyes), eyes);
    }

    @GET
    @Path("/{id}/pledges")
    public Page<Map<String, @Nullable Object>> pledges(@PathParam("id") String id, @BeanParam PageRequest page) {
        PartyId eyes = ConsortiaResource.eyes(callers.current());
        List<Demand> all = groupOrders.demands(visible(id, eyes).id(), Optional.ofNullable(eyes));
        int from = (int) Math.min(all.size(), page.afterNumber().orElse(0L));
        List<Map<String, @Nullable Object>> found =
                all.subList(from, (int) Math.min(all.size(), from + page.limit() + 1L)).stream()
                        .map(Demand::tree)
                        .toList();
        return page.page(found, last -> from + page.limit());
    }

    @POST
    @Path("/{id}/pledges")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.PLEDGES_WRITE)
    public Response pledge(
            @PathParam("id") String id,
            @Nullable NewPledge body,
            @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        Caller caller = callers.current();
        GroupOrder groupOrder = visible(id, ConsortiaResource.eyes(caller));
        if (body == null) {
            throw ProblemException.invalid("", "Say item and quantity.");
        }
        return OutcomeResponse.of(commands.execute(
                ConsortiumDecisions.pledge(
                        caller.clientId(),
                        key,
                        new Pledge(
                                groupOrder.id(),
                                member(caller, groupOrder, body.member()),
                                Texts.read("/item", body.item(), ItemId::new),
                                Texts.decimal("/quantity", body.quantity()),
                                body.unit())),
                Effect.Lane.BOOKS));
    }

    private PartyId member(Caller caller, GroupOrder groupOrder, @Nullable String said) {
        if (!caller.isOperator()) {
            PartyId own = Own.party(caller);
            if (said != null && !said.equals(own.value())) {
                throw ProblemException.invalid("/member", "You pledge for %s; leave member out.".formatted(own));
            }
            return own;
        }
        return Texts.read(
                "/member",
                said,
                text -> Optional.of(new PartyId(text))
                        .filter(member -> isMember(groupOrder, member))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s is no member of %s.".formatted(text, groupOrder.consortium()))));
    }

    @GET
    @Path("/{id}/allocation")
    public Map<String, @Nullable Object> allocation(@PathParam("id") String id) {
        PartyId eyes = ConsortiaResource.eyes(callers.current());
        GroupOrder groupOrder = visible(id, eyes);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("groupOrder", groupOrder.id().toString());
        tree.put("state", groupOrder.state().wireName());
        tree.put(
                "items",
                groupOrders.allotments(groupOrder.id(), Optional.ofNullable(eyes)).stream()
                        .map(allotment -> GroupOrderView.of(allotment, views.agreement(groupOrder), groupOrder))
                        .toList());
        tree.put(
                "confirmed",
                ResponseView.confirmed(
                        views.responses().of(groupOrder.id()),
                        groupOrder,
                        groupOrder.supplier().equals(eyes) ? null : eyes));
        tree.put(
                "shares",
                shares.of(groupOrder.id(), Optional.ofNullable(eyes)).stream()
                        .map(share -> share(groupOrder, share))
                        .toList());
        return tree;
    }

    record SavingView(
            Money amount, String lastOn, String lastQuantity, String lastUnit, Money lastNet, Because because) {}

    record SharedLineView(
            String line,
            @Nullable String item,
            String quantity,
            String unit,
            Money net,
            @Nullable SavingView saving) {}

    record ShareView(
            String member,
            String type,
            String document,
            String date,
            Money net,
            Money tax,
            Money payable,
            List<SharedLineView> lines,
            Because because) {}

    private ShareView share(GroupOrder groupOrder, GroupShare share) {
        return new ShareView(
                share.member().value(),
                share.because().type().wireName(),
                share.because().number(),
                share.date().toString(),
                share.net(),
                share.tax(),
                share.payable(),
                share.lines().stream()
                        .map(line -> line(groupOrder, share, line))
                        .toList(),
                Because.of(share.because()));
    }

    private SharedLineView line(GroupOrder groupOrder, GroupShare share, Sharing.SharedLine line) {
        return new SharedLineView(
                Integer.toString(line.line() + 1),
                line.item() == null ? null : line.item().value(),
                line.quantity().toPlainString(),
                line.unit(),
                line.net(),
                savings.of(groupOrder, share, line)
                        .map(saving -> new SavingView(
                                saving.amount(),
                                saving.before().date().toString(),
                                saving.before().quantity().toPlainString(),
                                saving.before().unit(),
                                saving.before().net(),
                                Because.of(saving.before().because())))
                        .orElse(null));
    }

    private GroupOrder visible(String id, @Nullable PartyId eyes) {
        return SequenceId.of(id)
                .flatMap(groupOrders::find)
                .filter(groupOrder -> eyes == null || isMember(groupOrder, eyes) || isSupplier(groupOrder, eyes))
                .orElseThrow(() -> ProblemException.notFound("group order " + id));
    }

    /** A supplier sees what it was asked for, not who is going to ask. */
    private static boolean isSupplier(GroupOrder groupOrder, PartyId party) {
        CommittedOrder committed = groupOrder.committed();
        return party.equals(groupOrder.supplier()) && committed != null && !committed.lapsed();
    }

    private boolean isMember(GroupOrder groupOrder, PartyId party) {
        return consortia
                .find(groupOrder.consortium())
                .flatMap(consortium -> consortium.member(party))
                .isPresent();
    }
}
