package africa.mycandidate.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.Clients;
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
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkClient;

/** The laws of the design that the code itself can show. */
class LawsTest {
    private static final String MAIN = "africa.mycandidate.operator.Main";
    private static final String[] OUTSIDE = {
        "software.amazon..",
        "io.fabric8..",
        "io.javaoperatorsdk..",
        "io.micrometer..",
        "java.net..",
        "java.sql..",
        "java.nio.file.."
    };

    private static final Set<String> EFFECTS = Set.of(
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
            "java.lang.System.console",
            "java.lang.Thread.sleep",
            "java.util.UUID.randomUUID",
            "java.lang.Math.random",
            "java.util.concurrent.ThreadLocalRandom.current");

    private static JavaClasses code;

    @BeforeAll
    static void read() {
        code = new ClassFileImporter()
                .importUrl(Handlers.class.getProtectionDomain().getCodeSource().getLocation());
        assertThat(code.contain(Handlers.class)).isTrue();
    }

    @Test
    void thePureCoreKnowsNeitherAwsNorKubernetes() {
        noClasses()
                .that()
                .resideInAnyPackage("..operator.model..", "..operator.stack..", "..operator.plan..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(OUTSIDE)
                        .or(resideInAnyPackage(
                                "..operator.aws..",
                                "..operator.converge..",
                                "..operator.reconcile..",
                                "..operator.cost..")))
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
        return type.isAssignableTo(Resource.class)
                || type.getEnclosingClass().map(LawsTest::isOfARecord).orElse(false);
    }

    /** Time, the environment, chance, threads and output come in through constructors; {@code Main} makes them. */
    static Stream<ArchRule> effects() {
        return Stream.of(
                outsideMain()
                        .callMethodWhere(call("time, the environment or chance", to -> EFFECTS.contains(name(to)))),
                outsideMain().callConstructorWhere(call("chance", to -> to.getTargetOwner()
                        .isAssignableTo(Random.class))),
                outsideMain().callConstructorWhere(call("a thread", LawsTest::isAThread)),
                outsideMain().callMethodWhere(call("a thread", LawsTest::makesThreads)),
                outsideMain().accessField(System.class, "in"),
                outsideMain().accessField(System.class, "out"),
                outsideMain().accessField(System.class, "err"));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void effectsComeInThroughConstructors(ArchRule rule) {
        rule.check(code);
    }

    /** A rule that finds nothing anywhere would pass as well. */
    @ParameterizedTest
    @MethodSource("effects")
    void eachRuleFindsItsOffender(ArchRule rule) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(Offender.class))
                        .hasViolation())
                .isTrue();
    }

    @SuppressWarnings("unused")
    private static final class Offender {
        long offend() {
            System.out.println(new SecureRandom().nextInt());
            System.err.println(Thread.ofVirtual());
            return new Thread(() -> {}).threadId() + System.nanoTime() + System.in.hashCode();
        }
    }

    private static String name(JavaCall<?> call) {
        return call.getTargetOwner().getName() + "." + call.getName();
    }

    private static boolean isAThread(JavaCall<?> call) {
        return call.getTargetOwner().isAssignableTo(Thread.class)
                || call.getTargetOwner().isAssignableTo(Executor.class);
    }

    private static boolean makesThreads(JavaCall<?> call) {
        return Set.of("java.util.concurrent.Executors", "java.util.concurrent.ForkJoinPool")
                        .contains(call.getTargetOwner().getName())
                || call.getTargetOwner().isEquivalentTo(Thread.class)
                        && Set.of("startVirtualThread", "ofVirtual", "ofPlatform")
                                .contains(call.getName())
                || call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
                        && call.getName().endsWith("Async");
    }

    private static ClassesShould outsideMain() {
        return noClasses()
                .that(are(
                        "outside Main",
                        type -> !type.getName().equals(MAIN) && !type.getName().startsWith(MAIN + "$")))
                .should();
    }

    private static DescribedPredicate<JavaClass> are(String description, Predicate<JavaClass> test) {
        return DescribedPredicate.describe(description, test);
    }

    private static DescribedPredicate<JavaCall<?>> call(String description, Predicate<JavaCall<?>> test) {
        return DescribedPredicate.describe(description, test);
    }

    @Test
    void everyTypeHasOneHandlerAndSaysWhatHoldsForIt() {
        var handled = handlers().stream().map(Handler::type).toList();
        assertThat(handled)
                .doesNotHaveDuplicates()
                .allMatch(Class::isRecord)
                .allMatch(type -> type.isAnnotationPresent(AwsType.class));
        var records = code.stream()
                .filter(type -> type.isAssignableTo(Resource.class) && type.isRecord())
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(handled.stream().map(Class::getName).collect(Collectors.toSet()))
                .isEqualTo(records);
    }

    @Test
    void everyDesiredTypeHasAHandler() {
        Set<Class<?>> handled = handlers().stream().map(Handler::type).collect(Collectors.toSet());
        Set<Class<?>> drawn = Specs.stack(Specs.minimal()).resources().keySet().stream()
                .map(Key::type)
                .collect(Collectors.toSet());
        assertThat(drawn).isSubsetOf(handled);
    }

    /** Handlers over clients that are never called. */
    private static List<Handler<?>> handlers() {
        return Handlers.all(
                new Clients() {
                    @Override
                    public <C extends SdkClient> C of(Class<C> type) {
                        return type.cast(Proxy.newProxyInstance(
                                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
                    }

                    @Override
                    public Clients global() {
                        return this;
                    }
                },
                new Random(1));
    }
}
