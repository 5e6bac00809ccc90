package io.lonja.access;

import io.lonja.archive.Commands;
import io.lonja.archive.DataFolder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires clients, their facts and the caller of a request. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    ClientTable clientTable(JdbcClient database) {
        return new ClientTable(database);
    }

    @Bean
    ClientEffect clientEffect(ClientTable clients, Commands.Outcomes outcomes) {
        return new ClientEffect(clients, outcomes);
    }

    @Bean
    OperatorFile operatorFile(DataFolder home) {
        return new OperatorFile(home);
    }

    @Bean
    OperatorClient operatorClient(
            ClientTable clients,
            Commands commands,
            OperatorFile file,
            @Value("${lonja.operator.new-secret:false}") boolean newSecret) {
        return new OperatorClient(clients, commands, file, newSecret);
    }

    @Bean
    ApiClients apiClients(ClientTable clients, Commands commands, OperatorFile operatorFile) {
        return new ApiClients(clients, commands, operatorFile);
    }

    @Bean
    Callers callers() {
        return new SecurityContextCallers();
    }
}
