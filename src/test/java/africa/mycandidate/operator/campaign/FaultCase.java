package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.campaign.CallFault.AccessDenied;
import africa.mycandidate.operator.campaign.CallFault.ClockSkew;
import africa.mycandidate.operator.campaign.CallFault.ExpiredCredentials;
import africa.mycandidate.operator.campaign.CallFault.LostAnswers;
import africa.mycandidate.operator.campaign.CallFault.ServerErrors;
import africa.mycandidate.operator.campaign.CallFault.ServiceDown;
import africa.mycandidate.operator.campaign.CallFault.Throttled;
import africa.mycandidate.operator.campaign.CallFault.Throttling;
import africa.mycandidate.operator.campaign.CallFault.Timeouts;
import africa.mycandidate.operator.campaign.CloudFault.ApplicationCrashes;
import africa.mycandidate.operator.campaign.CloudFault.CacheTended;
import africa.mycandidate.operator.campaign.CloudFault.CertificateNotIssued;
import africa.mycandidate.operator.campaign.CloudFault.ChangesTakenBack;
import africa.mycandidate.operator.campaign.CloudFault.DatabaseBroken;
import africa.mycandidate.operator.campaign.CloudFault.DatabaseNotMade;
import africa.mycandidate.operator.campaign.CloudFault.DatabaseTended;
import africa.mycandidate.operator.campaign.CloudFault.ImageNotPulled;
import africa.mycandidate.operator.campaign.CloudFault.MinorUpgrade;
import africa.mycandidate.operator.campaign.CloudFault.NatGatewaysFail;
import africa.mycandidate.operator.campaign.CloudFault.NoDatabaseCapacity;
import africa.mycandidate.operator.campaign.CloudFault.NoTaskCapacity;
import africa.mycandidate.operator.campaign.CloudFault.QuotaUsedUp;
import africa.mycandidate.operator.campaign.CloudFault.StorageFull;
import africa.mycandidate.operator.campaign.CloudFault.ZoneLost;
import africa.mycandidate.operator.sim.Incidents.Quota;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * A fault, and what must be seen of it. {@code -Dsimulation.faults=all} takes several of each kind, {@code -Dsimulation.fault=<pattern>} some.
 *
 * @param tells what the status must say of it; empty where nothing need be seen of it
 * @param growing whether it only hits a stack that becomes larger
 * @param late how long after its end the operator may begin
 */
record FaultCase(Fault fault, String tells, boolean growing, Duration late) {
    static final Duration LATE = Duration.ofSeconds(60);
    private static final String ONLY = System.getProperty("simulation.fault", ".*");

    FaultCase(Fault fault, String tells) {
        this(fault, tells, false, LATE);
    }

    FaultCase whenGrowing() {
        return new FaultCase(fault, tells, true, late);
    }

    static final List<FaultCase> CREATIONS = chosen(
            new FaultCase(new Throttling(Span.of(0, 15), 10), "Throttling|RequestLimit|Rate exceeded"),
            new FaultCase(new Throttled(Span.of(0, 10), 0.5), "Throttling|RequestLimit|Rate exceeded"),
            new FaultCase(new ServerErrors(Span.of(0, 15), 0.4), "Internal|Unavailable"),
            new FaultCase(new LostAnswers(Span.of(0, 10), 0.4), "Read timed out"),
            new FaultCase(new Timeouts(Span.of(0, 10), 0.4), "timed out"),
            new FaultCase(new ServiceDown(Span.of(1, 120), AwsService.RDS), "DbInstance.*timed out"),
            new FaultCase(
                    new AccessDenied(Span.of(0, 60), AwsService.ELB, false), "AccessDenied.*elasticloadbalancing"),
            new FaultCase(new ExpiredCredentials(Span.of(2, 20)), "RequestExpired|ExpiredToken"),
            new FaultCase(new ClockSkew(Span.of(2, 20)), "Signature|RequestExpired"),
            new FaultCase(new QuotaUsedUp(Span.of(0, 60), Quota.VPCS), "VpcLimitExceeded"),
            new FaultCase(new QuotaUsedUp(Span.of(0, 60), Quota.ADDRESSES), "AddressLimitExceeded"),
            new FaultCase(new NoDatabaseCapacity(Span.of(0, 60)), "InsufficientDBInstanceCapacity"),
            new FaultCase(new NoTaskCapacity(Span.of(0, 60)), "Capacity is unavailable"),
            new FaultCase(new NatGatewaysFail(Span.of(0, 30), "InternalError"), "NatGateway.*InternalError"),
            new FaultCase(new DatabaseNotMade(Span.of(0, 60), "failed"), "DbInstance.*failed"),
            new FaultCase(new DatabaseNotMade(Span.of(0, 60), "incompatible-network"), "incompatible-network"),
            new FaultCase(new DatabaseBroken(Span.of(0, 60), "incompatible-parameters"), "incompatible-parameters"),
            new FaultCase(new StorageFull(Span.of(0, 60)), "storage-full"),
            new FaultCase(new CertificateNotIssued(Span.of(0, 90)), "Certificate"),
            new FaultCase(new ImageNotPulled(Span.of(0, 60)), "CannotPullContainerError"),
            new FaultCase(new ApplicationCrashes(Span.of(0, 60)), "circuit breaker"),
            new FaultCase(new DatabaseTended(Span.of(0, 60), "backing-up"), ""),
            new FaultCase(new DatabaseTended(Span.of(0, 60), "maintenance"), ""),
            new FaultCase(new MinorUpgrade(Span.of(0, 60)), ""),
            new FaultCase(new CacheTended(Span.of(0, 60), "snapshotting"), ""),
            new FaultCase(new CacheTended(Span.of(0, 60), "modifying"), "modifying"),
            new FaultCase(new ChangesTakenBack(Span.of(0, 30)), ""),
            new FaultCase(new ZoneLost(Span.of(0, 60), 0), ""));

    static final List<FaultCase> IN_SERVICE = chosen(
            new FaultCase(new Throttling(Span.of(2, 15), 10), "Throttling|RequestLimit|Rate exceeded"),
            new FaultCase(new Throttled(Span.of(2, 10), 0.5), "Throttling|RequestLimit|Rate exceeded"),
            new FaultCase(new ServerErrors(Span.of(2, 15), 0.4), "Internal|Unavailable"),
            new FaultCase(new LostAnswers(Span.of(2, 10), 0.4), "Read timed out"),
            new FaultCase(new Timeouts(Span.of(2, 10), 0.4), "timed out"),
            new FaultCase(new ServiceDown(Span.of(2, 360), AwsService.ECS), "EcsService.*timed out"),
            new FaultCase(new AccessDenied(Span.of(2, 60), AwsService.RDS, true), "AccessDenied.*rds:"),
            new FaultCase(new AccessDenied(Span.of(2, 60), AwsService.EC2, false), "UnauthorizedOperation.*ec2:"),
            new FaultCase(new ExpiredCredentials(Span.of(2, 20)), "RequestExpired|ExpiredToken"),
            new FaultCase(new ClockSkew(Span.of(2, 20)), "Signature|RequestExpired"),
            new FaultCase(new QuotaUsedUp(Span.of(2, 60), Quota.ADDRESSES), "AddressLimitExceeded").whenGrowing(),
            new FaultCase(new QuotaUsedUp(Span.of(2, 60), Quota.NAT_GATEWAYS), "NatGatewayLimitExceeded").whenGrowing(),
            new FaultCase(new NoDatabaseCapacity(Span.of(2, 60)), ""),
            new FaultCase(new NoTaskCapacity(Span.of(2, 60)), "Capacity is unavailable"),
            new FaultCase(new NatGatewaysFail(Span.of(2, 30), "InsufficientFreeAddressesInSubnet"), "InsufficientFree")
                    .whenGrowing(),
            new FaultCase(new DatabaseNotMade(Span.of(2, 60), "failed"), ""),
            new FaultCase(new DatabaseBroken(Span.of(2, 60), "incompatible-parameters"), "incompatible-parameters"),
            new FaultCase(new DatabaseBroken(Span.of(2, 30), "incompatible-network"), "incompatible-network"),
            new FaultCase(new StorageFull(Span.of(2, 60)), "storage-full"),
            new FaultCase(new CertificateNotIssued(Span.of(2, 90)), "Certificate").whenGrowing(),
            new FaultCase(new ImageNotPulled(Span.of(2, 60)), "circuit breaker|CannotPullContainerError"),
            new FaultCase(new ApplicationCrashes(Span.of(2, 60)), "circuit breaker"),
            new FaultCase(new DatabaseTended(Span.of(2, 60), "backing-up"), "backing-up"),
            new FaultCase(new DatabaseTended(Span.of(2, 60), "maintenance"), "maintenance"),
            new FaultCase(new MinorUpgrade(Span.of(2, 15)), "upgrading"),
            new FaultCase(new CacheTended(Span.of(2, 60), "snapshotting"), "snapshotting"),
            new FaultCase(new CacheTended(Span.of(2, 60), "modifying"), "modifying"),
            // Each attempt interrupts the database, so they are an hour apart in the end.
            new FaultCase(
                    new ChangesTakenBack(Span.of(2, 300)),
                    "DbInstance.*accepted this change",
                    false,
                    Duration.ofHours(1).plus(LATE)),
            new FaultCase(new ZoneLost(Span.of(2, 60), 0), ""));

    private static List<FaultCase> chosen(FaultCase... cases) {
        var kinds = new HashSet<Class<?>>();
        var all = System.getProperty("simulation.faults", "").equals("all");
        return Arrays.stream(cases)
                .filter(one -> one.fault().toString().matches(ONLY))
                .filter(one -> kinds.add(one.fault().getClass()) || all)
                .toList();
    }
}
