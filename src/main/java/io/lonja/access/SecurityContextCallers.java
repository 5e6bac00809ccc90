package io.lonja.access;

import org.springframework.security.core.context.SecurityContextHolder;

/** The caller that the security chain let in. */
class SecurityContextCallers implements Callers {

    @Override
    public Caller current() {
        if (SecurityContextHolder.getContext().getAuthentication()
                instanceof CallerTokens.CallerAuthentication authentication) {
            return authentication.caller();
        }
        throw new IllegalStateException("No authenticated caller: this is not a request of the API");
    }
}
