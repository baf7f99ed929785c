package africa.mycandidate.operator.local;

import africa.mycandidate.operator.aws.AccountRole;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.World;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.route53.Route53Client;

/**
 * The simulated AWS of {@code make run}, found by the ServiceLoader: one account, one region, one hosted zone, a clock that runs {@code -Dpace} times as fast as
 * the real one, and durations drawn from {@code -Dseed}.
 */
public final class LocalCloud implements Cloud {
    public static final String REGION = "af-south-1";
    public static final String DOMAIN = "mycandidate.africa";
    private static final Shared SHARED = Shared.make();

    private record Shared(int seed, int pace, ScaledClock clock, SimAws aws, String zone) {
        static Shared make() {
            var seed = number("seed", new Random().nextInt(1_000_000), 0);
            var pace = number("pace", 60, 1);
            var clock = ScaledClock.startingNow(pace);
            var aws = new SimAws(new World(seed, clock::instant), "123456789012", REGION);
            var zone = aws.of(Route53Client.class)
                    .createHostedZone(request -> request.name(DOMAIN).callerReference("local"))
                    .hostedZone()
                    .id()
                    .replace("/hostedzone/", "");
            return new Shared(seed, pace, clock, aws, zone);
        }

        private static int number(String name, int otherwise, int least) {
            var text = System.getProperty(name);
            if (text == null) return otherwise;
            if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least) return Integer.parseInt(text);
            throw new IllegalArgumentException(
                    name.toUpperCase(Locale.ROOT) + "=" + text + " is not a whole number of at least " + least);
        }
    }

    @Override
    public Clients clients(String region) {
        if (!region.equals(REGION)) {
            throw new IllegalArgumentException("the simulated account is in " + REGION + " only, not in " + region);
        }
        return SHARED.aws();
    }

    @Override
    public Clients clients(String region, AccountRole role, Supplier<AwsSessionCredentials> session) {
        return SHARED.aws().clients(region, role, session);
    }

    @Override
    public InstantSource clock() {
        return SHARED.clock();
    }

    @Override
    public int pace() {
        return SHARED.pace();
    }

    /** Lets time pass in AWS at once. */
    static void skip(Duration time) {
        SHARED.clock().skip(time);
    }

    static int seed() {
        return SHARED.seed();
    }

    static SimAws aws() {
        return SHARED.aws();
    }

    /** The hosted zone of {@link #DOMAIN}, made before anything runs. */
    static String zone() {
        return SHARED.zone();
    }
}
