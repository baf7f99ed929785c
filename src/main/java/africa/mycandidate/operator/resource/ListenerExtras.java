package africa.mycandidate.operator.resource;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Rules and certificates that only somebody else adds to a listener. */
record ListenerExtras(ElasticLoadBalancingV2Client elb) {

    Set<Listener.Rule> rules(String listener) {
        var some = elb.describeRulesPaginator(request -> request.listenerArn(listener)).rules().stream()
                .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()))
                .toList();
        var tags = new ElbTags(elb).read(some.stream().map(Rule::ruleArn).toList());
        return some.stream()
                .filter(rule -> tags.containsKey(rule.ruleArn()) && !ElbTags.ours(tags.get(rule.ruleArn())))
                .map(rule -> new Listener.Rule(rule.ruleArn(), words(rule)))
                .collect(Collectors.toSet());
    }

    private static String words(Rule rule) {
        return "rule " + rule.priority() + ": "
                + rule.conditions().stream().map(ListenerExtras::words).collect(Collectors.joining(" and ")) + " → "
                + rule.actions().stream().map(Action::typeAsString).collect(Collectors.joining(", "));
    }

    private static String words(RuleCondition condition) {
        return condition.field() + " " + String.join(" or ", values(condition));
    }

    /** AWS gives the values in both forms, or in the newer one only (ELBv2 API reference, RuleCondition). */
    private static Set<String> values(RuleCondition condition) {
        var values = new TreeSet<>(condition.values());
        if (condition.hostHeaderConfig() != null)
            values.addAll(condition.hostHeaderConfig().values());
        if (condition.pathPatternConfig() != null)
            values.addAll(condition.pathPatternConfig().values());
        return values;
    }

    Set<String> certificates(String listener) {
        return elb
                .describeListenerCertificatesPaginator(request -> request.listenerArn(listener))
                .certificates()
                .stream()
                .filter(certificate -> !Boolean.TRUE.equals(certificate.isDefault()))
                .map(certificate -> certificate.certificateArn())
                .collect(Collectors.toSet());
    }

    void delete(Set<Listener.Rule> rules) {
        for (var rule : rules) elb.deleteRule(request -> request.ruleArn(rule.arn()));
    }

    void remove(String listener, Set<String> certificates) {
        elb.removeListenerCertificates(request -> request.listenerArn(listener)
                .certificates(certificates.stream()
                        .sorted()
                        .map(arn -> Certificate.builder().certificateArn(arn).build())
                        .toList()));
    }
}
