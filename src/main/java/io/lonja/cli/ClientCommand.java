package io.lonja.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lonja.partner.PartnerFolders;
import io.lonja.party.PartyId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Credentials of programs that call the API of a running hub. */
@Command(
        name = "client",
        description = "Makes, renews and revokes the API credentials of a partner, on a running hub.",
        synopsisSubcommandLabel = "COMMAND")
class ClientCommand extends Group {

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Help help;

    @Option(names = "--json", description = "The API's answer as it is.", scope = ScopeType.INHERIT)
    private boolean json;

    @Option(
            names = "--hub",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the hub listens (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String hub;

    @Command(name = "new", description = "Makes credentials for a partner; the secret is shown once.")
    int create(
            @Mixin Help help,
            @Mixin Folders folders,
            @Parameters(paramLabel = "PARTNER", description = "The partner's id, for instance acme.") String partner,
            @Option(
                            names = "--id",
                            paramLabel = "CLIENT",
                            description = "The client id (default: channels.https.client of its partner.yaml).")
                    Optional<String> clientId,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description = "May stand several times; without it the scopes of a partner.")
                    Optional<List<String>> scopes) {
        ObjectNode body = new ObjectMapper().createObjectNode().put("party", partner);
        clientId.or(() -> fromProfile(folders, partner)).ifPresent(id -> body.put("clientId", id));
        scopes.ifPresent(
                wanted -> wanted.forEach(scope -> body.withArray("scopes").add(scope)));
        return shown(OperatorCall.to(hub, folders.home()).send("POST", "/clients", body.toString()));
    }

    @Command(name = "rotate", description = "Makes a new secret; the old one and its tokens are void at once.")
    int rotate(
            @Mixin Help help,
            @Mixin Folders folders,
            @Parameters(paramLabel = "CLIENT", description = "The client id.") String clientId) {
        return shown(OperatorCall.to(hub, folders.home()).send("POST", "/clients/" + clientId + "/rotate", ""));
    }

    @Command(name = "revoke", description = "Takes the access away; its tokens are void at once.")
    int revoke(
            @Mixin Help help,
            @Mixin Folders folders,
            @Parameters(paramLabel = "CLIENT", description = "The client id.") String clientId) {
        return shown(OperatorCall.to(hub, folders.home()).send("DELETE", "/clients/" + clientId, ""));
    }

    private static Optional<String> fromProfile(Folders folders, String partner) {
        try {
            return new PartnerFolders(
                            List.of(folders.config().resolve("partners")),
                            folders.config().resolve("schemas"),
                            folders.home())
                    .httpsClient(new PartyId(partner));
        } catch (IllegalArgumentException notAnId) {
            throw new RefusedException(String.valueOf(notAnId.getMessage()));
        }
    }

    private int shown(JsonNode client) {
        PrintWriter out = out();
        if (json) {
            out.println(client);
            return 0;
        }
        out.println("client id      " + client.path("clientId").asText());
        if (client.has("clientSecret")) {
            out.println("client secret  " + client.path("clientSecret").asText() + "   (shown this once)");
        }
        out.println("status         " + client.path("status").asText());
        return 0;
    }
}
