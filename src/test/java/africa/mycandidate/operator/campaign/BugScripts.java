package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.sim.Incidents.Quota;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few lives that are rehearsed with each mistake: what catches most comes first. */
final class BugScripts {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration SILENCE = Duration.ofHours(3);
    private static final Deed FIRST = change("image: example.org/mycandidate:1.5.0");

    private BugScripts() {}

    static Map<String, Script> all() {
        var scripts = new LinkedHashMap<String, Script>();
        scripts.put(
                "a life",
                new Script(
                        11,
                        scenes(
                                FIRST,
                                new Deed.Restart(),
                                change("container: {port: 8000}"),
                                change("logs: {retentionDays: 90}"),
                                change("tags: {team: elections}")),
                        true,
                        SILENCE));
        scripts.put(
                "data",
                new Script(
                        12,
                        scenes(
                                change("database: {backupRetentionDays: 14}"),
                                change("database: {backupRetentionDays: 7, instanceClass: db.t3.medium}"),
                                change("cache: {nodeType: cache.t3.small}"),
                                new Deed.Recreate()),
                        true,
                        SILENCE));
        scripts.put(
                "a crowd",
                new Script(
                        13,
                        scenes(
                                FIRST,
                                change("network: {natGateways: PerZone}"),
                                new Deed.ChangeBack(),
                                new Deed.Crowd(95),
                                change("container: {healthCheck: {path: /health}}"),
                                change("image: example.org/mycandidate:1.6.0")),
                        false,
                        SILENCE));
        scripts.put(
                "lost answers",
                new Script(
                        14,
                        List.of(
                                faulty(FIRST, new CallFault.LostAnswers(Span.of(0, 25), 0.3)),
                                faulty(new Deed.Restart(), new CallFault.Timeouts(Span.of(0, 10), 0.4))),
                        false,
                        SILENCE));
        scripts.put(
                "throttling",
                new Script(
                        15,
                        List.of(
                                faulty(FIRST, new CallFault.Throttled(Span.of(0, 25), 0.4)),
                                faulty(new Deed.Restart(), new CallFault.ServiceDown(Span.of(1, 40), AwsService.EC2))),
                        false,
                        SILENCE));
        scripts.put(
                "denied",
                new Script(
                        16,
                        List.of(
                                faulty(FIRST, new CallFault.AccessDenied(Span.of(0, 8), AwsService.EC2, false)),
                                faulty(
                                        new Deed.Restart(),
                                        new CallFault.AccessDenied(Span.of(0, 10), AwsService.EC2, true))),
                        false,
                        SILENCE));
        scripts.put("claims", new Script(17, scenes(FIRST, new Deed.Twin(), new Deed.DomainRival()), false, SILENCE));
        scripts.put(
                "a hand in the console",
                new Script(
                        18,
                        scenes(
                                change("database: {backupRetentionDays: 14}"),
                                new Deed.Slip("LogGroup/app,"),
                                new Deed.Slip("SecurityGroup/tasks ingress,")),
                        false,
                        SILENCE));
        scripts.put(
                "AWS's own trouble",
                new Script(
                        19,
                        List.of(
                                faulty(FIRST, new CloudFault.NoDatabaseCapacity(Span.of(0, 20))),
                                faulty(
                                        change("network: {natGateways: PerZone}"),
                                        new CloudFault.NatGatewaysFail(Span.of(0, 10), "InternalError"))),
                        false,
                        SILENCE));
        scripts.put(
                "quota",
                new Script(
                        20,
                        List.of(faulty(FIRST, new CloudFault.QuotaUsedUp(Span.of(0, 20), Quota.VPCS))),
                        false,
                        SILENCE));
        scripts.put(
                "a departure in trouble",
                new Script(
                        21,
                        List.of(
                                calm(FIRST),
                                faulty(new Deed.Recreate(), new CallFault.ServiceDown(Span.of(0, 30), AwsService.EC2))),
                        false,
                        SILENCE));
        return scripts;
    }

    private static Deed change(String line) {
        return new Deed.Change(line);
    }

    private static List<Script.Scene> scenes(Deed... deeds) {
        return List.of(deeds).stream().map(BugScripts::calm).toList();
    }

    private static Script.Scene calm(Deed deed) {
        return faulty(deed, null);
    }

    private static Script.Scene faulty(Deed deed, Fault fault) {
        return new Script.Scene(deed, true, SOON, fault, 0, 0);
    }
}
