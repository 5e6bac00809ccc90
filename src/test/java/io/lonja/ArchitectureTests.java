package io.lonja;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    private static final String[] DOMAIN = {
        "io.lonja.document..",
        "io.lonja.catalogue..",
        "io.lonja.consortium..",
        "io.lonja.commission..",
        "io.lonja.account..",
        "io.lonja.opportunity..",
        "io.lonja.fulfilment.."
    };

    private static JavaClasses hub;

    @BeforeAll
    static void read() {
        hub = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.lonja");
    }

    @Test
    void modulesTouchOnlyWhatTheirFirstSentenceAllows() {
        ApplicationModules.of(Lonja.class).verify();
    }

    @Test
    void bouncyCastleStaysInTheTransport() {
        onlyIn(List.of("io.lonja.transport.."), "org.bouncycastle..");
    }

    @Test
    void smooksStaysInTheMapping() {
        onlyIn(List.of("io.lonja.mapping.."), "org.smooks..");
    }

    @Test
    void restStaysAtTheTwoDoorsThatSpeakIt() {
        onlyIn(List.of("io.lonja.portal.api..", "io.lonja.transport.https.."), "org.apache.cxf..", "jakarta.ws.rs..");
    }

    @Test
    void camelStaysInTheTransportAndInTheLoaderOfRoutes() {
        onlyIn(List.of("io.lonja.transport..", "io.lonja.route.."), "org.apache.camel..");
    }

    @Test
    void noRouteIsWrittenInJava() {
        noClasses()
                .should()
                .beAssignableTo("org.apache.camel.builder.RouteBuilder")
                .check(hub);
    }

    @Test
    void ediAndTheDomainDoNotKnowEachOther() {
        noClasses()
                .that(resideInAnyPackage("io.lonja.edi.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(DOMAIN))
                .check(hub);
        noClasses()
                .that(resideInAnyPackage(DOMAIN))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.lonja.edi.."))
                .check(hub);
    }

    @Test
    void moneyAndDocumentsHaveNoBinaryFractions() {
        DescribedPredicate<JavaClass> fraction = nameMatching("(double|float|java\\.lang\\.(Double|Float))\\[?]?")
                .as("a binary fraction")
                .forSubtype();
        String[] exact = {
            "io.lonja.money..",
            "io.lonja.document..",
            "io.lonja.catalogue..",
            "io.lonja.consortium..",
            "io.lonja.commission..",
            "io.lonja.account..",
            "io.lonja.fulfilment.."
        };
        fields().that()
                .areDeclaredInClassesThat(resideInAnyPackage(exact))
                .should()
                .notHaveRawType(fraction)
                .check(hub);
        methods()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage(exact))
                .should()
                .notHaveRawReturnType(fraction)
                .check(hub);
        noClasses()
                .that(resideInAnyPackage(exact))
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "gives a binary fraction",
                        call -> call.getTarget().getRawReturnType().getName().matches("double|float")))
                .check(hub);
    }

    /** So that reading, judging and proving can be audited and shipped without a container. */
    @Test
    void theCoreKnowsSpringOnlyWhereItIsWiredAndWhereItSpeaksSql() {
        classes()
                .that(resideInAnyPackage(
                        "io.lonja.money..", "io.lonja.archive..", "io.lonja.document..", "io.lonja.edi.."))
                .and()
                .haveSimpleNameNotEndingWith("Configuration")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage("org.springframework.."))
                        .or(resideInAnyPackage(
                                "org.springframework.jdbc..",
                                "org.springframework.transaction..",
                                "org.springframework.dao..",
                                "org.springframework.modulith..")))
                .check(hub);
    }

    @Test
    void documentRecordsMoneyAndTheReadingOfEdiNeedNoSpringAtAll() {
        noClasses()
                .that()
                .haveNameMatching("io\\.lonja\\.(money\\..*|document\\.(Business|Document(Type|Ref)|Mapped).*"
                        + "|edi\\.(Interchange|Envelope|Segment|Guide|Verdict|Syntax|X12).*"
                        + "|archive\\.(Canonical|Merkle|Entry|Sha256|Segment|Tree|Inclusion|Consistency).*)")
                .and()
                .haveNameNotMatching(
                        ".*(package-info|Configuration|InterchangeIndex|InterchangeEffect|InterchangeReader)")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework.."))
                .check(hub);
    }

    private static void onlyIn(List<String> homes, String... guests) {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(homes.toArray(String[]::new))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(guests))
                .check(hub);
    }
}
