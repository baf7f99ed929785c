package africa.mycandidate.operator.sim;

import static africa.mycandidate.operator.sim.LogDeliveryRules.conflict;
import static africa.mycandidate.operator.sim.LogDeliveryRules.missing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudwatchlogs.model.*;

/** Who sends logs where: delivery sources, delivery destinations, and the deliveries between them. */
final class LogDeliveries {
    private static final int PAGE = 50;
    /** "Usually within an hour of the events that appear in the log" (CloudFront Developer Guide, "Timing of log file delivery"). */
    private static final Duration WITHIN = Duration.ofMinutes(15);

    private final SimAws aws;
    private final Table<DeliverySource> sources;
    private final Table<DeliveryDestination> destinations;
    private final Table<Delivery> deliveries;
    private final Table<Map<String, String>> tags;
    private final Map<String, Instant> updatedUntil = new HashMap<>();
    private final Set<String> filling = new HashSet<>();

    LogDeliveries(SimAws aws) {
        this.aws = aws;
        this.sources = new Table<>(aws.world);
        this.destinations = new Table<>(aws.world);
        this.deliveries = new Table<>(aws.world);
        this.tags = new Table<>(aws.world);
    }

    DeliverySource put(PutDeliverySourceRequest r) {
        LogDeliveryRules.source(r, aws.region);
        if (!aws.cloudFront.existing().containsKey(r.resourceArn()))
            throw missing("The specified resource does not exist.");
        var there = sources.truth(r.name());
        if (there.isPresent()) {
            notTagged(r.tags());
            if (!there.get().resourceArns().contains(r.resourceArn()))
                throw conflict(
                        "Update to existing Delivery Source with new ResourceId is not allowed. Please create a new Delivery Source instead.");
        } else if (sources.truths().stream().anyMatch(one -> one.resourceArns().contains(r.resourceArn())))
            throw conflict("This ResourceId has already been used in another Delivery Source in this account.");
        var arn = aws.arn("logs", "delivery-source:" + r.name());
        var source = DeliverySource.builder()
                .name(r.name())
                .arn(arn)
                .resourceArns(r.resourceArn())
                .service("cloudfront")
                .logType(r.logType())
                .build();
        if (there.isEmpty()) tags.put(arn, Map.copyOf(r.tags()));
        sources.put(r.name(), source);
        return source;
    }

    DeliveryDestination put(PutDeliveryDestinationRequest r) {
        LogDeliveryRules.destination(r);
        var there = destinations.truth(r.name());
        if (there.isPresent()) {
            notTagged(r.tags());
            if (r.outputFormat() != null && there.get().outputFormat() != r.outputFormat())
                throw LogDeliveryRules.invalid(
                        "Update to existing Delivery Destination with new Output Format is not allowed. Please create a new Delivery Destination instead.");
        }
        var arn = aws.arn("logs", "delivery-destination:" + r.name());
        var destination = DeliveryDestination.builder()
                .name(r.name())
                .arn(arn)
                .deliveryDestinationType(DeliveryDestinationType.S3)
                .outputFormat(r.outputFormat())
                .deliveryDestinationConfiguration(r.deliveryDestinationConfiguration())
                .build();
        if (there.isEmpty()) tags.put(arn, Map.copyOf(r.tags()));
        destinations.put(r.name(), destination);
        return destination;
    }

    private static void notTagged(Map<String, String> tags) {
        if (!tags.isEmpty()) throw conflict("Tags can only be provided when a resource is being created, not updated.");
    }

    /** Of one source only one goes to a bucket. What lacks in the bucket's policy is added to it, where the caller may (CloudWatch Logs User Guide, "Logs sent to Amazon S3"). */
    Delivery create(CreateDeliveryRequest r) {
        var source = source(r.deliverySourceName());
        var destination = destinationAt(r.deliveryDestinationArn());
        var fields = LogDeliveryRules.fields(r.recordFields());
        var asked = Optional.ofNullable(r.s3DeliveryConfiguration());
        asked.ifPresent(one -> LogDeliveryRules.suffix(one.suffixPath()));
        for (var other : deliveries.truths()) {
            if (!other.deliverySourceName().equals(source.name())) continue;
            if (other.deliveryDestinationArn().equals(destination.arn()))
                throw conflict("The specified Delivery already exists");
            throw conflict("Delivery already exists for this Delivery Source with the same Delivery Destination Type.");
        }
        notBusy(source.name(), destination.arn());
        var place = place(destination);
        aws.s3.letDeliver(place, source.arn(), aws.account);
        var suffix = asked.map(S3DeliveryConfiguration::suffixPath).orElse("");
        var id = aws.world.hex(16);
        var arn = aws.arn("logs", "delivery:" + id);
        var delivery = Delivery.builder()
                .id(id)
                .arn(arn)
                .deliverySourceName(source.name())
                .deliveryDestinationArn(destination.arn())
                .deliveryDestinationType(DeliveryDestinationType.S3)
                .recordFields(fields)
                .fieldDelimiter(r.fieldDelimiter())
                .s3DeliveryConfiguration(s3 -> s3.suffixPath(
                                LogDeliveryRules.prefix(place).isPresent()
                                        ? suffix
                                        : LogDeliveryRules.OWN_PREFIX + suffix)
                        .enableHiveCompatiblePath(asked.map(S3DeliveryConfiguration::enableHiveCompatiblePath)
                                .orElse(false)))
                .build();
        tags.put(arn, Map.copyOf(r.tags()));
        deliveries.put(id, delivery);
        updated(source.name(), destination.arn());
        return delivery;
    }

    /** The suffix path is taken as it is asked for, whatever was added to it at the creation. */
    void update(UpdateDeliveryConfigurationRequest r) {
        var delivery = delivery(r.id());
        var asked = Optional.ofNullable(r.s3DeliveryConfiguration());
        asked.ifPresent(one -> LogDeliveryRules.suffix(one.suffixPath()));
        var next = delivery.toBuilder();
        if (!r.recordFields().isEmpty()) next.recordFields(LogDeliveryRules.fields(r.recordFields()));
        if (r.fieldDelimiter() != null) next.fieldDelimiter(r.fieldDelimiter());
        asked.ifPresent(next::s3DeliveryConfiguration);
        notBusy(delivery.deliverySourceName(), delivery.deliveryDestinationArn());
        deliveries.put(r.id(), next.build());
        updated(delivery.deliverySourceName(), delivery.deliveryDestinationArn());
    }

    void deleteDelivery(String id) {
        var delivery = delivery(id);
        notBusy(delivery.deliverySourceName(), delivery.deliveryDestinationArn());
        deliveries.remove(id);
        tags.remove(delivery.arn());
        updated(delivery.deliverySourceName(), delivery.deliveryDestinationArn());
    }

    /** "You can't delete a delivery source if any current deliveries are associated with it" (API reference, DeleteDeliverySource); the words of the error are ours. */
    void deleteSource(String name) {
        var source = source(name);
        if (deliveries.truths().stream()
                .anyMatch(one -> one.deliverySourceName().equals(name)))
            throw conflict("A Delivery is associated with this Delivery Source.");
        notBusy(name);
        sources.remove(name);
        tags.remove(source.arn());
    }

    void deleteDestination(String name) {
        var destination = destinations
                .truth(name)
                .orElseThrow(() -> missing("Requested Delivery Destination does not exist in this account."));
        if (deliveries.truths().stream()
                .anyMatch(one -> one.deliveryDestinationArn().equals(destination.arn())))
            throw conflict("A Delivery is associated with this Delivery Destination.");
        notBusy(destination.arn());
        destinations.remove(name);
        tags.remove(destination.arn());
    }

    /** One change of a source or a destination at a time (hashicorp/terraform-provider-aws#42194). */
    private void notBusy(String... ends) {
        for (var end : ends)
            if (updatedUntil.getOrDefault(end, Instant.MIN).isAfter(aws.world.now()))
                throw conflict("Requested resource is currently being updated. Please try again.");
    }

    private void updated(String... ends) {
        for (var end : ends) updatedUntil.put(end, aws.world.now().plus(aws.world.lag()));
    }

    DescribeDeliverySourcesResponse sources(DescribeDeliverySourcesRequest r) {
        var page = page(sources.seen(), DeliverySource::name, r.nextToken(), r.limit());
        return DescribeDeliverySourcesResponse.builder()
                .deliverySources(page.items())
                .nextToken(page.marker())
                .build();
    }

    DescribeDeliveryDestinationsResponse destinations(DescribeDeliveryDestinationsRequest r) {
        var page = page(destinations.seen(), DeliveryDestination::name, r.nextToken(), r.limit());
        return DescribeDeliveryDestinationsResponse.builder()
                .deliveryDestinations(page.items())
                .nextToken(page.marker())
                .build();
    }

    DescribeDeliveriesResponse deliveries(DescribeDeliveriesRequest r) {
        var page = page(deliveries.seen(), Delivery::id, r.nextToken(), r.limit());
        return DescribeDeliveriesResponse.builder()
                .deliveries(page.items())
                .nextToken(page.marker())
                .build();
    }

    private static <T> Page<T> page(List<T> found, Function<T, String> by, String from, Integer limit) {
        if (limit != null && (limit < 1 || limit > PAGE))
            throw LogDeliveryRules.invalid(
                    "1 validation error detected: Value at 'limit' failed to satisfy constraint");
        return Page.of(found.stream().sorted(Comparator.comparing(by)).toList(), from, limit, PAGE);
    }

    /** Tags by ARN, which no list shows. */
    Table<Map<String, String>> tags() {
        return tags;
    }

    /** What really exists, by ARN, with its tags. */
    Map<String, Map<String, String>> existing() {
        var all = new TreeMap<String, Map<String, String>>();
        for (var arn : tags.ids()) tags.truth(arn).ifPresent(one -> all.put(arn, one));
        return all;
    }

    /** Somebody asked a distribution for something: within an hour that stands in a file, if the file may be written. */
    void visited(String distribution) {
        var at = aws.world.now().truncatedTo(ChronoUnit.HOURS);
        if (sources.truths().stream().noneMatch(one -> one.resourceArns().contains(distribution))) return;
        if (!filling.add(distribution + at)) return;
        aws.world.after(aws.world.draw(WITHIN), () -> {
            filling.remove(distribution + at);
            for (var delivery : deliveries.truths())
                sources.truth(delivery.deliverySourceName())
                        .filter(source -> source.resourceArns().contains(distribution))
                        .ifPresent(source -> write(delivery, source, distribution, at));
        });
    }

    private void write(Delivery delivery, DeliverySource source, String distribution, Instant at) {
        var place = place(destinationAt(delivery.deliveryDestinationArn()));
        var id = distribution.substring(distribution.lastIndexOf('/') + 1);
        var day = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH")
                .withZone(ZoneOffset.UTC)
                .format(at);
        var path = delivery.s3DeliveryConfiguration()
                .suffixPath()
                .replaceAll("\\{[Dd]istribution[Ii]d}", id)
                .replaceAll("\\{account-?id}", aws.account)
                .replace("{yyyy}", day.substring(0, 4))
                .replace("{MM}", day.substring(5, 7))
                .replace("{dd}", day.substring(8, 10))
                .replace("{HH}", day.substring(11));
        var folder = LogDeliveryRules.prefix(place).map(one -> one + "/").orElse("") + path;
        aws.s3.deliver(
                LogDeliveryRules.bucket(place),
                folder + (folder.endsWith("/") ? "" : "/") + id + "." + day + "." + aws.world.hex(8) + ".gz",
                source.arn(),
                aws.account);
    }

    private static String place(DeliveryDestination destination) {
        return destination.deliveryDestinationConfiguration().destinationResourceArn();
    }

    private DeliverySource source(String name) {
        return sources.truth(name == null ? "" : name)
                .orElseThrow(() -> missing("Requested Delivery Source does not exist in this account."));
    }

    private DeliveryDestination destinationAt(String arn) {
        return destinations.truths().stream()
                .filter(one -> one.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> missing("Requested Delivery Destination does not exist in this account."));
    }

    private Delivery delivery(String id) {
        return deliveries
                .truth(id == null ? "" : id)
                .orElseThrow(() -> missing("Requested Delivery does not exist in this account."));
    }
}
