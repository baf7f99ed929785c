package africa.mycandidate.operator.sim;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Tags of load balancers, target groups and listeners; at most 20 ARNs a call (ELB API Reference, DescribeTags). */
final class ElbTags {
    private final SimElb elb;

    ElbTags(SimElb elb) {
        this.elb = elb;
    }

    DescribeTagsResponse describe(DescribeTagsRequest request) {
        limit(request.resourceArns());
        var found = request.resourceArns().stream()
                .map(arn -> TagDescription.builder()
                        .resourceArn(arn)
                        .tags(listed(seen(arn)))
                        .build())
                .toList();
        return DescribeTagsResponse.builder().tagDescriptions(found).build();
    }

    AddTagsResponse add(AddTagsRequest request) {
        limit(request.resourceArns());
        request.resourceArns().forEach(arn -> change(arn, tags -> added(tags, request.tags())));
        return AddTagsResponse.builder().build();
    }

    RemoveTagsResponse remove(RemoveTagsRequest request) {
        limit(request.resourceArns());
        request.resourceArns()
                .forEach(arn -> change(arn, tags -> {
                    var next = new LinkedHashMap<>(tags);
                    request.tagKeys().forEach(next::remove);
                    return next;
                }));
        return RemoveTagsResponse.builder().build();
    }

    static Map<String, String> added(Map<String, String> before, List<Tag> tags) {
        var next = new LinkedHashMap<>(before);
        var keys = new HashSet<String>();
        for (var tag : tags) {
            if (!keys.add(tag.key()))
                throw ElbErrors.of(
                        DuplicateTagKeysException.builder(),
                        "DuplicateTagKeys",
                        "Tag key '" + tag.key() + "' was specified more than once");
            if (tag.key().toLowerCase().startsWith("aws:"))
                throw ElbErrors.validation("Tag key '" + tag.key() + "' cannot begin with 'aws:'");
            next.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        if (next.size() > 50)
            throw ElbErrors.of(
                    TooManyTagsException.builder(),
                    "TooManyTags",
                    "The quota for the number of tags that can be assigned to a load balancer resource has been reached");
        return Map.copyOf(next);
    }

    private Map<String, String> seen(String arn) {
        if (arn.contains(":loadbalancer/")) return elb.loadBalancers.seen(arn).tags();
        if (arn.contains(":targetgroup/")) return elb.targetGroups.seen(arn).tags();
        if (arn.contains(":listener-rule/")) return elb.rules.seenRow(arn).tags();
        return elb.listeners.seen(arn).tags();
    }

    private void change(String arn, UnaryOperator<Map<String, String>> change) {
        if (arn.contains(":loadbalancer/")) change(elb.loadBalancers.rows, arn, elb.loadBalancers.truth(arn), change);
        else if (arn.contains(":targetgroup/")) change(elb.targetGroups.rows, arn, elb.targetGroups.truth(arn), change);
        else if (arn.contains(":listener-rule/")) change(elb.rules.rows, arn, elb.rules.truth(arn), change);
        else change(elb.listeners.rows, arn, elb.listeners.truth(arn), change);
    }

    private static <T> void change(
            Table<ElbRow<T>> rows, String arn, ElbRow<T> row, UnaryOperator<Map<String, String>> change) {
        rows.put(arn, row.tags(change.apply(row.tags())));
    }

    private static void limit(List<String> arns) {
        if (arns.size() > 20)
            throw ElbErrors.validation("Up to 20 resources can be specified, but '" + arns.size() + "' were specified");
    }

    private static List<Tag> listed(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }
}
