package africa.mycandidate.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.resource.Handlers;
import africa.mycandidate.operator.stack.Specs;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of the design that the code itself can show. */
class LawsTest {
    private static final String MAIN = "africa.mycandidate.operator.Main";
    private static final String[] OUTSIDE = {
        "software.amazon..", "io.fabric8..", "io.javaoperatorsdk..", "io.micrometer..", "java.net..", "java.sql..", "java.nio.file.."
    };

    private static JavaClasses code;

    @BeforeAll
    static void read() {
        code = new ClassFileImporter().importUrl(Handlers.class.getProtectionDomain().getCodeSource().getLocation());
        assertThat(code.contain(Handlers.class)).isTrue();
    }

    @Test
    void thePureCoreKnowsNeitherAwsNorKubernetes() {
        noClasses()
                .that()
                .resideInAnyPackage("..operator.model..", "..operator.stack..", "..operator.plan..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(OUTSIDE).or(resideInAnyPackage(
                        "..operator.aws..", "..operator.converge..", "..operator.reconcile..", "..operator.cost..")))
                .check(code);
    }

    @Test
    void theRecordsOfResourcesDoNotEither() {
        classes()
                .that(are("records of resources", LawsTest::isOfARecord))
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage(OUTSIDE)))
                .check(code);
    }

    /** A resource's record, or a record or interface within it. */
    private static boolean isOfARecord(JavaClass type) {
        return type.isAssignableTo(Resource.class) || type.getEnclosingClass().map(LawsTest::isOfARecord).orElse(false);
    }

    @Test
    void timeAndTheEnvironmentComeInThroughConstructors() {
        var forbidden = Set.of(
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.time.OffsetDateTime.now",
                "java.time.Clock.systemUTC",
                "java.time.Clock.systemDefaultZone",
                "java.time.InstantSource.system",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.lang.System.getenv",
                "java.lang.System.getProperty",
                "java.lang.System.exit",
                "java.lang.Thread.sleep",
                "java.util.UUID.randomUUID",
                "java.lang.Math.random",
                "java.util.concurrent.ThreadLocalRandom.current");
        outsideMain().callMethodWhere(call("time, the environment or chance", to -> forbidden.contains(to.getTargetOwner().getName() + "." + to.getName())))
                .check(code);
    }

    @Test
    void chanceComesInThroughConstructors() {
        outsideMain().callConstructorWhere(call("chance", to -> to.getTargetOwner().isAssignableTo(Random.class) || to.getTargetOwner().isEquivalentTo(SecureRandom.class)))
                .check(code);
        outsideMain().dependOnClassesThat(assignableTo(UUID.class)).allowEmptyShould(true).check(code);
    }

    @Test
    void threadsComeInThroughConstructors() {
        outsideMain().callConstructorWhere(call("a thread", to -> to.getTargetOwner().isAssignableTo(Thread.class) || to.getTargetOwner().isAssignableTo(Executor.class)))
                .check(code);
        outsideMain().callMethodWhere(call("a thread", to -> Set.of("java.util.concurrent.Executors", "java.util.concurrent.ForkJoinPool")
                                .contains(to.getTargetOwner().getName())
                        || Set.of("startVirtualThread", "ofVirtual", "ofPlatform").contains(to.getName())
                        || to.getName().endsWith("Async") && to.getTargetOwner().getName().equals("java.util.concurrent.CompletableFuture")))
                .check(code);
    }

    @Test
    void nothingIsPrintedButByMain() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(MAIN)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(code);
    }


    private static com.tngtech.archunit.lang.syntax.elements.ClassesShould outsideMain() {
        return noClasses().that(are("outside Main", type -> !type.getName().equals(MAIN) && !type.getName().startsWith(MAIN + "$"))).should();
    }

    private static DescribedPredicate<JavaClass> are(String description, java.util.function.Predicate<JavaClass> test) {
        return DescribedPredicate.describe(description, test);
    }

    private static DescribedPredicate<JavaCall<?>> call(String description, java.util.function.Predicate<JavaCall<?>> test) {
        return DescribedPredicate.describe(description, test);
    }

    @Test
    void everyTypeHasOneHandlerAndSaysWhatHoldsForIt() {
        var handled = handlers().stream().map(Handler::type).toList();
        assertThat(handled).doesNotHaveDuplicates().allMatch(Class::isRecord).allMatch(type -> type.isAnnotationPresent(AwsType.class));
        var records = code.stream()
                .filter(type -> type.isAssignableTo(Resource.class) && type.isRecord())
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(handled.stream().map(Class::getName).collect(Collectors.toSet())).isEqualTo(records);
    }

    @Test
    void everyDesiredTypeHasAHandler() {
        var handled = handlers().stream().map(Handler::type).collect(Collectors.toSet());
        var drawn = Specs.stack(Specs.minimal()).resources().keySet().stream().map(Key::type).collect(Collectors.toSet());
        assertThat(handled).containsAll((Collection) drawn);
    }

    /** Handlers over clients that are never called. */
    private static List<Handler<?>> handlers() {
        return Handlers.all(
                new africa.mycandidate.operator.aws.Clients() {
                    @Override
                    public <C extends software.amazon.awssdk.core.SdkClient> C of(Class<C> type) {
                        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
                    }
                },
                new Random(1));
    }
}
