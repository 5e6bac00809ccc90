package io.lonja.portal.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The contract of this API, for everyone: {@code schemas/portal/openapi.yaml}, as this version of the hub serves it. */
@Path("/openapi.yaml")
public class ContractResource {

    private final byte[] contract;

    ContractResource() {
        try (InputStream file = ContractResource.class.getResourceAsStream("/schemas/portal/openapi.yaml")) {
            if (file == null) {
                throw new IllegalStateException("The build left schemas/portal/openapi.yaml out");
            }
            this.contract = file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the contract", e);
        }
    }

    @GET
    @Produces("application/yaml")
    @PermitAll
    public byte[] contract() {
        return contract;
    }
}
