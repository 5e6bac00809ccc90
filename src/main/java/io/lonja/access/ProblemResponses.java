package io.lonja.access;

import io.lonja.archive.CanonicalJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** What the door says to those it does not let in (RFC 9457, and RFC 6750 section 3 for the challenge). */
class ProblemResponses implements AuthenticationEntryPoint, AccessDeniedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        boolean badToken = refused instanceof InvalidBearerTokenException;
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                badToken ? "Bearer realm=\"lonja\", error=\"invalid_token\"" : "Bearer realm=\"lonja\"");
        write(
                response,
                401,
                badToken ? "invalid-token" : "unauthenticated",
                badToken
                        ? "The access token is not valid, no longer valid, or its client's access ended;"
                                + " ask POST /oauth2/token for a new one."
                        : "This needs an access token; ask POST /oauth2/token for one"
                                + " and send it as Authorization: Bearer.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
            throws IOException {
        write(response, 403, "forbidden", "The client may not do this.");
    }

    private static void write(HttpServletResponse response, int status, String type, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .write(CanonicalJson.write(Map.of(
                        "type",
                        "urn:lonja:problem:" + type,
                        "title",
                        type.replace('-', ' '),
                        "status",
                        status,
                        "detail",
                        detail)));
    }
}
