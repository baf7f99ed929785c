package africa.mycandidate.operator.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The few lives that the planted bugs are rehearsed with: each as short as the mistakes allow that it brings out. */
enum BugScript {
    CREATION(watched(28, calm(first()))),
    UPGRADE(brief(28, calm(first()), calm(new Deed.Restart()), calm(change("tags: {team: elections}")))),
    DEPARTURE(whole(28, calm(first()))),
    REBIRTH(whole(28, calm(change("database: {backupRetentionDays: 14}")), calm(new Deed.Recreate()))),
    ANOTHER_PORT(watched(
            28, calm(first()), calm(change("container: {port: 8000}")), calm(change("logs: {retentionDays: 90}")))),
    /** The load balancer cannot be changed while its targets are. */
    HALF_A_HANDOVER(brief(
            28,
            calm(first()),
            faulty(
                    change("container: {port: 8000}"),
                    new CallFault.ServiceDown(
                            new Span(Duration.ofSeconds(20), Duration.ofMinutes(8)), AwsService.ELB)))),
    DATA(brief(
            28,
            calm(change("database: {backupRetentionDays: 14}")),
            calm(change("database: {backupRetentionDays: 7, instanceClass: db.t3.medium}")),
            calm(change("cache: {nodeType: cache.t3.small, replicas: 1}")))),
    A_CROWD(brief(
            28,
            calm(first()),
            calm(new Deed.Crowd(95)),
            calm(change("container: {healthCheck: {path: /health}}")),
            calm(change("image: example.org/mycandidate:1.6.0")))),
    GATEWAYS(brief(
            28,
            calm(first()),
            calm(change("network: {natGateways: PerZone}")),
            calm(change("network: {natGateways: Single}")))),
    LOST_ANSWERS(brief(84, faulty(first(), new CallFault.UnansweredChanges(Span.of(0, 5))))),
    THROTTLING(brief(28, faulty(first(), new CallFault.Throttled(Span.of(0, 15), 0.7)))),
    EC2_DOWN(brief(
            28, calm(first()), faulty(new Deed.Restart(), new CallFault.ServiceDown(Span.of(0, 8), AwsService.EC2)))),
    UNREAD(brief(
            28,
            calm(first()),
            faulty(new Deed.Restart(), new CallFault.AccessDenied(Span.of(0, 40), AwsService.RDS, true)))),
    DENIED(brief(28, faulty(first(), new CallFault.AccessDenied(Span.of(0, 8), AwsService.EC2, false)))),
    CLAIMS(brief(28, calm(first()), calm(new Deed.Twin()))),
    A_HAND_IN_THE_CONSOLE(watched(
            28,
            calm(first()),
            calm(new Deed.Slip("LogGroup/app,")),
            calm(new Deed.Slip("SecurityGroup/tasks ingress,")))),
    RELEASE(brief(
            28,
            calm(first()),
            calm(change("release: {command: [alembic, upgrade, head]}")),
            calm(change("image: example.org/mycandidate:1.6.0")))),
    BAD_RELEASE(brief(
            28,
            calm(first()),
            calm(change("release: {command: [alembic, upgrade, head]}")),
            hasty(change("release: {command: [\"false\"]}"), 0),
            hasty(change("image: example.org/mycandidate:1.6.0"), 10),
            hasty(change("release: {command: [alembic, upgrade, head]}"), 10))),
    UNANSWERED_RELEASE(brief(
            28,
            calm(first()),
            faulty(
                    change("release: {command: [alembic, upgrade, head]}"),
                    new CallFault.UnansweredChanges(Span.of(0, 5))))),
    /** Each new process has the object as it was before its last change. */
    TIME_TRAVEL(brief(
            14,
            calm(first()),
            new Script.Scene(change("container: {port: 8000}"), true, Duration.ofMinutes(6), null, 25, 100))),
    NO_DATABASES(brief(28, faulty(first(), new CloudFault.NoDatabaseCapacity(Span.of(0, 10))))),
    FAILING_GATEWAYS(brief(
            28,
            calm(first()),
            faulty(
                    change("network: {natGateways: PerZone}"),
                    new CloudFault.NatGatewaysFail(Span.of(0, 10), "InternalError")))),
    DENIED_ON_LEAVING(whole(
            28,
            calm(first()),
            faulty(new Deed.Delete(), new CallFault.AccessDenied(Span.of(0, 20), AwsService.EC2, true)))),
    UNANSWERED_ON_LEAVING(whole(
            28, calm(first()), faulty(new Deed.Delete(), new CallFault.ServiceDown(Span.of(0, 20), AwsService.EC2))));

    /** Some times what the operator needs. */
    private static final int EFFECTS = 12_000;

    final Script script;

    BugScript(Script script) {
        this.script = script;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Script brief(long seed, Script.Scene... scenes) {
        return new Script(seed, List.of(scenes), false, Duration.ZERO, EFFECTS);
    }

    /** In the end all is left in peace for a while. */
    private static Script watched(long seed, Script.Scene... scenes) {
        return new Script(seed, List.of(scenes), false, Duration.ofMinutes(30), EFFECTS);
    }

    /** In the end the object is deleted. */
    private static Script whole(long seed, Script.Scene... scenes) {
        return new Script(seed, List.of(scenes), true, Duration.ZERO, EFFECTS);
    }

    private static Deed first() {
        return change("image: example.org/mycandidate:1.5.0");
    }

    private static Deed change(String line) {
        return new Deed.Change(line);
    }

    private static Script.Scene calm(Deed deed) {
        return faulty(deed, null);
    }

    /** Whatever became of what was before. */
    private static Script.Scene hasty(Deed deed, int minutes) {
        return new Script.Scene(deed, false, Duration.ofMinutes(minutes), null, 0, 0);
    }

    private static Script.Scene faulty(Deed deed, Fault fault) {
        return new Script.Scene(deed, true, Duration.ofMinutes(2), fault, 0, 0);
    }
}
