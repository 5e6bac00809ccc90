package io.lonja.portal.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import io.lonja.access.ApiClients;
import io.lonja.access.Callers;
import io.lonja.alarm.OpenAlarms;
import io.lonja.archive.Appliers;
import io.lonja.archive.Archive;
import io.lonja.archive.Commands;
import io.lonja.archive.EntryId;
import io.lonja.archive.Sha256;
import io.lonja.delivery.Deliveries;
import io.lonja.edi.AcknowledgmentWriter;
import io.lonja.edi.AwaitedAcknowledgments;
import io.lonja.edi.InterchangeParser;
import io.lonja.edi.ReadingAgreements;
import io.lonja.intake.WireEvidence;
import io.lonja.mapping.DueReplays;
import io.lonja.mapping.Mapping;
import io.lonja.partner.TradingPartners;
import io.lonja.party.PartyId;
import io.lonja.tracking.Interchanges;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.spring.SpringBus;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.model.ClassResourceInfo;
import org.apache.cxf.jaxrs.model.OperationResourceInfo;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Serves every bean marked with {@link Path} under {@code /api/v1}, wherever its module is. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean(destroyMethod = "shutdown")
    Bus cxf() {
        return new SpringBus();
    }

    @Bean
    ServletRegistrationBean<CXFNonSpringServlet> apiServlet(Bus cxf) {
        CXFNonSpringServlet servlet = new CXFNonSpringServlet();
        servlet.setBus(cxf);
        ServletRegistrationBean<CXFNonSpringServlet> registration = new ServletRegistrationBean<>(servlet, "/api/v1/*");
        registration.setName("api");
        registration.setLoadOnStartup(1);
        registration.addInitParameter("hide-service-list-page", "true");
        return registration;
    }

    @Bean(destroyMethod = "destroy")
    Server api(Bus cxf, ListableBeanFactory beans, Callers callers, DryRun dryRun) {
        JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
        factory.setBus(cxf);
        factory.setAddress("/");
        factory.setServiceBeans(
                List.copyOf(beans.getBeansWithAnnotation(Path.class).values()));
        factory.setProviders(List.of(
                new Door(callers), dryRun, new BodyLimit(), new ProblemMapper(), new JacksonJsonProvider(json())));
        Server server = factory.create();
        for (ClassResourceInfo resource : factory.getServiceFactory().getClassResourceInfo()) {
            for (OperationResourceInfo operation :
                    resource.getMethodDispatcher().getOperationResourceInfos()) {
                Method method = operation.getAnnotatedMethod();
                if (!method.isAnnotationPresent(PermitAll.class)) {
                    Door.scopeOf(method);
                }
            }
        }
        return server;
    }

    /** Strict in what it takes: a misspelt name is a fault, not a default. */
    static ObjectMapper json() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(texts())
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** Decimals, names and digests are texts. */
    private static SimpleModule texts() {
        return new SimpleModule("texts")
                .addSerializer(
                        BigDecimal.class,
                        new StdDelegatingSerializer(BigDecimal.class, new StdConverter<BigDecimal, String>() {
                            @Override
                            public String convert(BigDecimal value) {
                                return value.toPlainString();
                            }
                        }))
                .addSerializer(PartyId.class, ToStringSerializer.instance)
                .addSerializer(EntryId.class, ToStringSerializer.instance)
                .addSerializer(Sha256.class, ToStringSerializer.instance);
    }

    @Bean
    ContractResource contractResource() {
        return new ContractResource();
    }

    @Bean
    ClientsResource clientsResource(ApiClients clients, TradingPartners partners, Callers callers) {
        return new ClientsResource(clients, partners, callers);
    }

    @Bean
    DryRun dryRun(
            InterchangeParser parser,
            AcknowledgmentWriter writer,
            Mapping mapping,
            ReadingAgreements agreements,
            TradingPartners partners,
            Callers callers,
            Clock clock) {
        return new DryRun(parser, writer, mapping, agreements, partners, callers, clock);
    }

    @Bean
    AlarmMutes alarmMutes(JdbcClient database, Commands.Outcomes outcomes) {
        return new AlarmMutes(database, outcomes);
    }

    @Bean
    AlarmsResource alarmsResource(OpenAlarms alarms, AlarmMutes mutes, Commands commands, Callers callers) {
        return new AlarmsResource(alarms, mutes, commands, callers);
    }

    @Bean
    PartnersResource partnersResource(TradingPartners partners, Callers callers) {
        return new PartnersResource(partners, callers);
    }

    @Bean
    DeliveriesResource deliveriesResource(
            Deliveries deliveries, AwaitedAcknowledgments acknowledgments, Archive archive, Callers callers) {
        return new DeliveriesResource(deliveries, acknowledgments, archive, callers);
    }

    @Bean
    AcknowledgmentsResource acknowledgmentsResource(
            Deliveries deliveries, AwaitedAcknowledgments acknowledgments, Callers callers) {
        return new AcknowledgmentsResource(deliveries, acknowledgments, callers);
    }

    @Bean
    InterchangesResource interchangesResource(
            Interchanges interchanges,
            Deliveries deliveries,
            Archive archive,
            Appliers appliers,
            Callers callers,
            List<WireEvidence> channels) {
        return new InterchangesResource(interchanges, deliveries, archive, appliers, callers, channels);
    }

    @Bean
    ReplaysResource replaysResource(
            Interchanges interchanges, DueReplays replays, Commands commands, Appliers appliers, Callers callers) {
        return new ReplaysResource(interchanges, replays, commands, appliers, callers);
    }
}
