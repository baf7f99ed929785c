package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Tags of load balancers, target groups and listeners. */
record ElbTags(ElasticLoadBalancingV2Client elb) {
    /** The most ARNs that one DescribeTags takes (ELBv2 API reference, DescribeTags). */
    private static final int CHUNK = 20;

    static List<Tag> of(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }

    static boolean ours(Map<String, String> tags) {
        return tags != null && tags.containsKey(Tags.STACK);
    }

    /** The listeners of load balancers that carry our tags, whoever made them. */
    List<Listener> ourListeners() {
        var balancers = elb.describeLoadBalancersPaginator(request -> {}).loadBalancers().stream()
                .filter(balancer -> Identity.names(balancer.loadBalancerName()))
                .map(LoadBalancer::loadBalancerArn)
                .toList();
        var tagged = read(balancers);
        var listeners = new ArrayList<Listener>();
        for (var balancer : balancers) {
            if (!ours(tagged.get(balancer))) continue;
            elb.describeListenersPaginator(request -> request.loadBalancerArn(balancer))
                    .listeners()
                    .forEach(listeners::add);
        }
        return listeners;
    }

    /** Tags by ARN. An ARN that vanished since it was listed is missing: its tags cannot be read. */
    Map<String, Map<String, String>> read(List<String> arns) {
        var tags = new TreeMap<String, Map<String, String>>();
        for (var from = 0; from < arns.size(); from += CHUNK)
            read(arns.subList(from, Math.min(arns.size(), from + CHUNK)), tags);
        return tags;
    }

    /** One ARN that is not there fails the whole call, so that then each is asked for alone. */
    private void read(List<String> chunk, Map<String, Map<String, String>> into) {
        try {
            for (var one :
                    elb.describeTags(request -> request.resourceArns(chunk)).tagDescriptions()) {
                var tags = new TreeMap<String, String>();
                for (var tag : one.tags()) tags.put(tag.key(), tag.value() == null ? "" : tag.value());
                into.put(one.resourceArn(), tags);
            }
        } catch (ElasticLoadBalancingV2Exception e) {
            var code = e.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(e.awsErrorDetails().errorCode());
            if (!code.contains("NotFound")) throw e;
            if (chunk.size() > 1) for (var arn : chunk) read(List.of(arn), into);
        }
    }

    void change(String arn, Map<String, String> set, Set<String> remove) {
        if (!set.isEmpty()) elb.addTags(request -> request.resourceArns(arn).tags(of(set)));
        if (!remove.isEmpty())
            elb.removeTags(request ->
                    request.resourceArns(arn).tagKeys(remove.stream().sorted().toList()));
    }
}
