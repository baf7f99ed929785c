package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.AwsType.Replacement;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Initial;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.Together;
import java.util.List;
import java.util.Set;

/**
 * An alias record of the site, together with the TXT record that says whose it is; both are written and deleted in one change batch. The TXT records of all
 * names of a site stand below its main one, so that the record of a name that the spec does not know any more is found there. Without the TXT record an alias is
 * ours if it points at our load balancer or distribution.
 *
 * @param alternativeTo the main name of the site; null for that itself
 * @param targetZone the hosted zone of the target's own DNS name, as the load balancer gives it, or CloudFront for all its own
 * @param before what has to be there before anybody is led here: the certificate for an alternative name, the distribution at all its edges; AWS does not keep it
 */
@AwsType(placed = true, replacement = Replacement.NEVER, aged = true)
public record DnsRecord(
        @Immutable String zone,
        @Immutable String name,
        @Immutable String alternativeTo,
        @Together Ref<? extends Resource> target,
        @Together Ref<? extends Resource> targetZone,
        @Initial Ref<? extends Resource> before)
        implements Resource {
    /** The part that the record of a site's main name plays; an alternative one plays the part of its name. */
    static final String MAIN = "site";

    public DnsRecord(String zone, String name, Ref<? extends Resource> target, Ref<? extends Resource> targetZone) {
        this(zone, name, null, target, targetZone, null);
    }

    /** The main name of the site. */
    String site() {
        return alternativeTo == null ? name : alternativeTo;
    }

    @Override
    public String uniqueName() {
        return name;
    }

    /** What the main name's TXT records tell of is listed with it; an alternative name's own place shows what stands there without one. */
    @Override
    public String place() {
        return zone + "/" + site() + (alternativeTo == null ? "" : "/" + name);
    }

    /** A name is switched once what takes over answers for it, so that no voter meets a site that is not there yet, or is locked. */
    @Override
    public Resource towards(Observed<?> have, Snapshot seen) {
        if (!(have.actual() instanceof DnsRecord now)
                || now.target() == null
                || !(target instanceof Ref.Known)
                || now.target().equals(target)) return this;
        var answers = have.owner() instanceof Owner.Stack || answers(seen);
        return answers && takesOver(now.target(), seen)
                ? this
                : new DnsRecord(zone, name, alternativeTo, now.target(), now.targetZone(), before);
    }

    /** What leads to somebody else's is put right at once. */
    private boolean takesOver(Ref<?> from, Snapshot seen) {
        if (WayIn.isDistribution(target.value()))
            return !WayIn.isOurLoadBalancer(from, seen) || WayIn.isDeployed(target.value(), name, seen);
        return !WayIn.isDistribution(from.value()) || WayIn.isOpen(seen);
    }

    @Override
    public String waitsFor() {
        return "is switched once what is to answer there is ready";
    }

    @Override
    public Set<Class<? extends Resource>> waitsOn() {
        return Set.of(Distribution.class, ListenerRule.class, Listener.class, SecurityGroup.class);
    }

    private static boolean answers(Snapshot seen) {
        if (!seen.isRead(EcsService.class, TargetGroup.class)) return false;
        var wanted = sum(seen.ours(EcsService.class), "desired");
        var healthy = sum(seen.ours(TargetGroup.class), "healthy");
        return healthy > 0 && healthy >= wanted;
    }

    private static int sum(List<? extends Observed<?>> some, String output) {
        return some.stream()
                .mapToInt(one -> Integer.parseInt(one.outputs().getOrDefault(output, "0")))
                .sum();
    }
}
