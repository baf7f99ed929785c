package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Facts;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.sts.StsClient;

/** Reads what a blueprint must know of the account and region. */
public final class FactsReader {
    private final Clients clients;
    private final String region;

    public FactsReader(Clients clients, String region) {
        this.clients = clients;
        this.region = region;
    }

    public Facts read() {
        var caller = clients.of(StsClient.class).getCallerIdentity();
        // arn:<partition>:sts::<account>:…
        var partition = caller.arn().split(":", 3)[1];
        var zones = clients.of(Ec2Client.class).describeAvailabilityZones().availabilityZones().stream()
                .filter(FactsReader::ordinary)
                .map(AvailabilityZone::zoneName)
                .sorted()
                .toList();
        return new Facts(partition, caller.account(), region, zones, prefixList());
    }

    /** It counts as 55 rules of a security group's 60 (VPC User Guide, "AWS-managed prefix lists"). */
    private String prefixList() {
        return clients
                .of(Ec2Client.class)
                .describeManagedPrefixLists(request -> request.filters(filter ->
                        filter.name("prefix-list-name").values("com.amazonaws.global.cloudfront.origin-facing")))
                .prefixLists()
                .stream()
                .map(ManagedPrefixList::prefixListId)
                .findFirst()
                .orElse(null);
    }

    /** Local and Wavelength zones that the account has opted in to are listed too, and take neither NAT gateways nor Multi-AZ databases. */
    private static boolean ordinary(AvailabilityZone zone) {
        var type = zone.zoneType();
        return zone.state() == AvailabilityZoneState.AVAILABLE && (type == null || type.equals("availability-zone"));
    }
}
