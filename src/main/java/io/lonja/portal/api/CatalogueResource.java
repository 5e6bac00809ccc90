package io.lonja.portal.api;

import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import io.lonja.archive.Commands;
import io.lonja.archive.Effect;
import io.lonja.catalogue.Catalogue;
import io.lonja.catalogue.CatalogueDecisions;
import io.lonja.catalogue.CatalogueItem;
import io.lonja.catalogue.ItemCode;
import io.lonja.catalogue.ItemId;
import io.lonja.partner.TradingPartner;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Items, and what everybody calls them. */
@Path("/catalogue")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.OPERATOR)
public class CatalogueResource {

    private final Catalogue catalogue;
    private final TradingPartners partners;
    private final Commands commands;
    private final Callers callers;

    CatalogueResource(Catalogue catalogue, TradingPartners partners, Commands commands, Callers callers) {
        this.catalogue = catalogue;
        this.partners = partners;
        this.commands = commands;
        this.callers = callers;
    }

    /** A code without a party is a GTIN. */
    record NewCode(
            @Nullable String party,
            @Nullable String code,
            @Nullable String unit,
            @Nullable String pack,
            @Nullable String from,
            @Nullable String until) {}

    record NewItem(
            @Nullable String id,
            @Nullable String name,
            @Nullable String baseUnit,
            @Nullable List<@Nullable NewCode> codes) {}

    @GET
    @Path("/items")
    public Page<Map<String, @Nullable Object>> items(@BeanParam PageRequest page) {
        List<Map<String, @Nullable Object>> found = catalogue.items(page.after().orElse(""), page.limit() + 1).stream()
                .map(CatalogueItem::tree)
                .toList();
        return page.page(found, item -> String.valueOf(item.get("id")));
    }

    @POST
    @Path("/items")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response say(@Nullable NewItem body, @HeaderParam(Door.IDEMPOTENCY_KEY) @Nullable String key) {
        if (body == null) {
            throw ProblemException.invalid("", "Say id, name, baseUnit and codes.");
        }
        ItemId id = Texts.read("/id", body.id(), ItemId::new);
        List<ItemCode> codes = new ArrayList<>();
        List<@Nullable NewCode> said = body.codes() == null ? List.of() : body.codes();
        for (int i = 0; i < said.size(); i++) {
            codes.add(code("/codes/" + i, said.get(i)));
        }
        CatalogueItem item;
        try {
            item = new CatalogueItem(id, String.valueOf(body.name()), String.valueOf(body.baseUnit()), codes);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("", String.valueOf(e.getMessage()));
        }
        return OutcomeResponse.of(
                commands.execute(CatalogueDecisions.say(callers.current().clientId(), key, item), Effect.Lane.BOOKS));
    }

    private ItemCode code(String pointer, @Nullable NewCode code) {
        if (code == null) {
            throw ProblemException.invalid(pointer, "Say code, unit and pack.");
        }
        PartyId party = code.party() == null
                ? null
                : Texts.read(
                        pointer + "/party",
                        code.party(),
                        text -> partners.find(new PartyId(text))
                                .map(TradingPartner::id)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "There is no partner %s under partners/.".formatted(text))));
        try {
            return new ItemCode(
                    party,
                    String.valueOf(code.code()),
                    String.valueOf(code.unit()),
                    Texts.decimal(pointer + "/pack", code.pack()),
                    code.from() == null ? null : Texts.date(pointer + "/from", code.from()),
                    code.until() == null ? null : Texts.date(pointer + "/until", code.until()));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(pointer, String.valueOf(e.getMessage()));
        }
    }
}
