package io.lonja.access;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * What a token says about its bearer, and whether that is still so. A token names the entry that set the secret it was
 * opened with; when the client has another secret or none, the token is void at once.
 */
class CallerTokens implements OAuth2TokenCustomizer<JwtEncodingContext>, Converter<Jwt, AbstractAuthenticationToken> {

    static final String AUDIENCE = "urn:lonja:api";

    private static final String CREDENTIAL = "credential";

    private final ClientTable clients;

    CallerTokens(ClientTable clients) {
        this.clients = clients;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        long credential = clients.find(context.getRegisteredClient().getClientId())
                .map(ClientTable.Row::credential)
                .orElse(0L);
        context.getClaims().audience(List.of(AUDIENCE)).claim(CREDENTIAL, credential);
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        ClientTable.Row row = clients.find(token.getSubject())
                .filter(known -> known.client().isActive())
                .filter(known -> Long.valueOf(known.credential()).equals(token.getClaim(CREDENTIAL)))
                .orElseThrow(() -> new InvalidBearerTokenException("The client's access was revoked or renewed"));
        Set<String> scopes = new TreeSet<>(row.client().scopes());
        List<String> granted = token.getClaimAsStringList("scope");
        scopes.retainAll(granted == null ? List.of() : granted);
        return new CallerAuthentication(
                new Caller(row.client().clientId(), row.client().party(), Set.copyOf(scopes)), token);
    }

    /** The caller, in Spring Security's terms. */
    static final class CallerAuthentication extends AbstractAuthenticationToken {

        private static final long serialVersionUID = 1L;

        private final transient Caller caller;
        private final transient Jwt token;

        CallerAuthentication(Caller caller, Jwt token) {
            super(List.of());
            this.caller = caller;
            this.token = token;
            setAuthenticated(true);
        }

        Caller caller() {
            return caller;
        }

        @Override
        public Object getPrincipal() {
            return caller;
        }

        @Override
        public Object getCredentials() {
            return token;
        }

        @Override
        public String getName() {
            return caller.clientId();
        }
    }
}
