package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The CNAME by which ACM sees that a domain is ours. It is shared by every certificate for the domain in the account, so it belongs to nobody and is never
 * changed or deleted. No outputs.
 */
@AwsType(placed = true, replacement = Replacement.NEVER, tagged = false)
public record ValidationRecord(
        @Immutable String zone,
        @Immutable String domain,
        @Immutable Ref<? extends Resource> name,
        @Immutable Ref<? extends Resource> value)
        implements Resource {
    @Override
    public String place() {
        return zone + "/" + domain;
    }
}

final class ValidationRecordHandler implements Handler<ValidationRecord> {
    private static final long TTL_SECONDS = 300;

    private final Route53Client route53;

    ValidationRecordHandler(Clients clients) {
        this.route53 = clients.of(Route53Client.class);
    }

    @Override
    public Class<ValidationRecord> type() {
        return ValidationRecord.class;
    }

    /**
     * Route 53 lists by reversed labels, so that a domain and everything below it stand together (API reference, ListResourceRecordSets). That of a name below
     * the domain is not the domain's.
     */
    @Override
    public List<Observed<ValidationRecord>> list(String place) {
        var zone = place.substring(0, place.lastIndexOf('/'));
        var domain = place.substring(place.lastIndexOf('/') + 1);
        return route53
                .listResourceRecordSetsPaginator(
                        request -> request.hostedZoneId(zone).startRecordName(RecordNames.full(domain)))
                .resourceRecordSets()
                .stream()
                .takeWhile(set -> RecordNames.isIn(RecordNames.normal(set.name()), domain))
                .filter(set -> set.type() == RRType.CNAME && set.name().startsWith("_"))
                .filter(set -> RecordNames.isDirectlyIn(RecordNames.normal(set.name()), domain))
                .filter(set -> !set.resourceRecords().isEmpty())
                .map(set -> observed(zone, domain, set))
                .toList();
    }

    private static Observed<ValidationRecord> observed(String zone, String domain, ResourceRecordSet set) {
        var name = RecordNames.normal(set.name());
        var value = RecordNames.normal(set.resourceRecords().getFirst().value());
        var actual = new ValidationRecord(zone, domain, Ref.of(name), Ref.of(value));
        return Observed.of(actual, name, name, Phase.READY, Map.of(), Map.of()).withOwner(new Owner.Shared());
    }

    @Override
    public String create(ValidationRecord want, Creation creation) {
        var name = want.name().value();
        var set = ResourceRecordSet.builder()
                .name(RecordNames.full(name))
                .type(RRType.CNAME)
                .ttl(TTL_SECONDS)
                .resourceRecords(ResourceRecord.builder()
                        .value(RecordNames.full(want.value().value()))
                        .build())
                .build();
        var change = Change.builder()
                .action(ChangeAction.UPSERT)
                .resourceRecordSet(set)
                .build();
        route53.changeResourceRecordSets(
                request -> request.hostedZoneId(want.zone()).changeBatch(batch -> batch.changes(change)));
        return name;
    }

    @Override
    public void update(Observed<ValidationRecord> have, ValidationRecord goal, Set<String> fields) {
        throw new IllegalStateException("a validation record is shared and never changed");
    }

    @Override
    public void delete(Observed<ValidationRecord> have, Deletion deletion) {
        throw new IllegalStateException("a validation record is shared and never deleted");
    }

    @Override
    public void tag(Observed<ValidationRecord> have, Map<String, String> set, Set<String> remove) {
        throw new IllegalStateException("a validation record takes no tags");
    }
}
