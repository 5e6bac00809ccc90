package io.lonja.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.lonja.archive.KeySafe;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Collection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;

/** Two chains: one gives tokens for credentials, one asks for tokens. Nothing keeps a session. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    @Order(1)
    SecurityFilterChain tokenChain(HttpSecurity http) throws Exception {
        OAuth2AuthorizationServerConfigurer server = OAuth2AuthorizationServerConfigurer.authorizationServer();
        return hardened(http)
                .securityMatcher("/oauth2/token")
                .with(server, it -> it.tokenEndpoint(token -> token.accessTokenRequestConverter(new DefaultScopes())))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiChain(HttpSecurity http, CallerTokens tokens) throws Exception {
        ProblemResponses problems = new ProblemResponses();
        return hardened(http)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/api/v1/openapi.yaml")
                        .permitAll()
                        .requestMatchers("/api/**")
                        .authenticated()
                        // Nothing else is served here but the error page; what is unknown answers 404.
                        .anyRequest()
                        .permitAll())
                .oauth2ResourceServer(resources -> resources
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(tokens))
                        .bearerTokenResolver(headerOnly())
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems))
                .exceptionHandling(
                        refusals -> refusals.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .build();
    }

    private static HttpSecurity hardened(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .formLogin(login -> login.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(Customizer.withDefaults()));
    }

    /**
     * Spring's own resolver looks for a token among the form parameters too, and the servlet container reads the body
     * to find them: an interchange sent as {@code application/x-www-form-urlencoded} would be gone.
     */
    private static BearerTokenResolver headerOnly() {
        DefaultBearerTokenResolver header = new DefaultBearerTokenResolver();
        return request -> header.resolve(new HeadersOnly(request));
    }

    /** A request that hides its parameters. */
    private static final class HeadersOnly extends HttpServletRequestWrapper {

        HeadersOnly(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return HttpMethod.HEAD.name();
        }

        @Override
        public String[] getParameterValues(String name) {
            return new String[0];
        }
    }

    @Bean
    CallerTokens callerTokens(ClientTable clients) {
        return new CallerTokens(clients);
    }

    @Bean
    RegisteredClientRepository registeredClients(ClientTable clients) {
        return new RegisteredClients(clients);
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new NothingKept();
    }

    @Bean
    AuthorizationServerSettings authorizationServer() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    PasswordEncoder secretHash() {
        return ClientSecret.HASH;
    }

    @Bean
    KeyPair signingKey(KeySafe safe) {
        return SigningKey.in(safe);
    }

    @Bean
    JWKSource<SecurityContext> tokenKeys(KeyPair signingKey) throws JOSEException {
        RSAKey key = new RSAKey.Builder((RSAPublicKey) signingKey.getPublic())
                .privateKey(signingKey.getPrivate())
                .keyIDFromThumbprint()
                .build();
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    @Bean
    JwtDecoder tokenDecoder(KeyPair signingKey) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey((RSAPublicKey) signingKey.getPublic())
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(Duration.ZERO),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(CallerTokens.AUDIENCE))));
        return decoder;
    }
}
