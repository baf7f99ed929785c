package africa.mycandidate.operator.sim;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneOptInStatus;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;

/** The three zones of a region. */
final class SimZones {
    private static final Map<String, Function<AvailabilityZone, String>> FILTERS = Map.of(
            "zone-name", AvailabilityZone::zoneName,
            "zone-id", AvailabilityZone::zoneId,
            "region-name", AvailabilityZone::regionName,
            "zone-type", AvailabilityZone::zoneType,
            "state", AvailabilityZone::stateAsString,
            "opt-in-status", AvailabilityZone::optInStatusAsString);
    private final SimEc2State ec2;

    SimZones(SimEc2State ec2) {
        this.ec2 = ec2;
    }

    List<String> names() {
        return Stream.of("a", "b", "c").map(letter -> ec2.region() + letter).toList();
    }

    /** {@code afs1-az2} for {@code af-south-1b}. */
    String id(String name) {
        var parts = ec2.region().split("-");
        var direction = parts[1].replace("north", "n")
                .replace("south", "s")
                .replace("east", "e")
                .replace("west", "w")
                .replace("central", "c");
        return parts[0] + direction + parts[2] + "-az" + (names().indexOf(name) + 1);
    }

    private AvailabilityZone zone(String name) {
        return AvailabilityZone.builder()
                .zoneName(name)
                .zoneId(id(name))
                .zoneType("availability-zone")
                .regionName(ec2.region())
                .groupName(ec2.region())
                .networkBorderGroup(ec2.region())
                .state(AvailabilityZoneState.AVAILABLE)
                .optInStatus(AvailabilityZoneOptInStatus.OPT_IN_NOT_REQUIRED)
                .build();
    }

    DescribeAvailabilityZonesResponse describe(DescribeAvailabilityZonesRequest request) {
        for (var name : request.zoneNames())
            if (!names().contains(name)) throw Ec2Refusal.invalid("Invalid availability zone: [" + name + "]");
        var zones = names().stream()
                .filter(name ->
                        request.zoneNames().isEmpty() || request.zoneNames().contains(name))
                .map(this::zone)
                .filter(zone -> request.filters().stream().allMatch(filter -> matches(zone, filter)))
                .toList();
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(zones)
                .build();
    }

    private static boolean matches(AvailabilityZone zone, Filter filter) {
        var value = FILTERS.get(filter.name());
        if (value == null)
            throw new UnsupportedOperationException("SimEc2 does not model the filter " + filter.name() + " of zones");
        return filter.values().contains(value.apply(zone));
    }
}
