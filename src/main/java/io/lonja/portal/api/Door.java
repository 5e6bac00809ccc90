package io.lonja.portal.api;

import io.lonja.access.Caller;
import io.lonja.access.Callers;
import io.lonja.access.RequiresScope;
import io.lonja.access.Scope;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets a caller through to an operation whose scope the token carries, and checks what every operation shares. */
@Provider
@Priority(Priorities.AUTHORIZATION)
class Door implements ContainerRequestFilter {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Pattern KEY_SHAPE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,253}[\\x21-\\x7e])?");

    private final Callers callers;

    /** Of the request that the thread serves; set by the JAX-RS runtime. */
    @Context
    private @Nullable ResourceInfo operation;

    Door(Callers callers) {
        this.callers = callers;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (operation == null || operation.getResourceMethod() == null) {
            return; // OPTIONS, which the runtime answers by itself
        }
        Method method = operation.getResourceMethod();
        if (!method.isAnnotationPresent(PermitAll.class)) {
            Scope scope = scopeOf(method);
            Caller caller = callers.current();
            if (!caller.may(scope)) {
                throw new ProblemException(
                        403,
                        "insufficient-scope",
                        "This needs the scope %s; the token of %s does not carry it."
                                .formatted(scope.wireName(), caller.clientId()));
            }
        }
        checkQuery(request);
        String key = request.getHeaderString(IDEMPOTENCY_KEY);
        if (request.getMethod().equals(HttpMethod.POST)
                && key != null
                && !KEY_SHAPE.matcher(key).matches()) {
            throw ProblemException.badParameter(
                    IDEMPOTENCY_KEY, "Idempotency-Key has 1 to 255 printable ASCII characters.");
        }
    }

    private static void checkQuery(ContainerRequestContext request) {
        try {
            request.getUriInfo().getQueryParameters();
        } catch (RuntimeException e) {
            throw ProblemException.badParameter("", "The query is not percent-encoded as RFC 3986 says.");
        }
    }

    /** The scope an operation asks for. Throws {@link IllegalStateException} when it forgot to ask. */
    static Scope scopeOf(Method method) {
        RequiresScope scope = method.getAnnotation(RequiresScope.class);
        if (scope == null) {
            scope = method.getDeclaringClass().getAnnotation(RequiresScope.class);
        }
        if (scope == null) {
            throw new IllegalStateException(
                    "%s asks for no scope: mark it with @RequiresScope or @PermitAll".formatted(method));
        }
        return scope.value();
    }
}
