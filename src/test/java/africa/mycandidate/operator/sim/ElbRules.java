package africa.mycandidate.operator.sim;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Rules of listeners: the default one, and those that somebody adds before it, which may only answer with a page. */
final class ElbRules {
    private final SimAws aws;
    private final SimElb elb;
    private final Table<Rule> rows;

    ElbRules(SimAws aws, SimElb elb) {
        this.aws = aws;
        this.elb = elb;
        this.rows = new Table<>(aws.world);
    }

    CreateRuleResponse create(CreateRuleRequest request) {
        var listener = elb.listeners.truth(request.listenerArn()).shown();
        if (request.priority() == null || request.priority() < 1 || request.priority() > 50_000)
            throw ElbErrors.validation("Priority '" + request.priority() + "' must be within '1-50000' inclusive");
        if (request.conditions().isEmpty()) throw ElbErrors.validation("A condition must be specified");
        var priority = String.valueOf(request.priority());
        if (rows.truths().stream()
                .anyMatch(rule -> of(listener, rule) && rule.priority().equals(priority)))
            throw ElbErrors.of(
                    PriorityInUseException.builder(),
                    "PriorityInUse",
                    "Priority '" + priority + "' is currently in use");
        if (request.actions().stream().anyMatch(action -> action.type() != ActionTypeEnum.FIXED_RESPONSE))
            throw new UnsupportedOperationException("Rules with other actions than a page are not modelled.");
        var rule = Rule.builder()
                .ruleArn(prefix(listener) + aws.world.hex(16))
                .priority(priority)
                .conditions(request.conditions())
                .actions(request.actions())
                .isDefault(false)
                .build();
        rows.put(rule.ruleArn(), rule);
        return CreateRuleResponse.builder().rules(rule).build();
    }

    DescribeRulesResponse describe(DescribeRulesRequest request) {
        if ((request.listenerArn() == null) == request.ruleArns().isEmpty())
            throw ElbErrors.validation("You must specify either a listener ARN or rule ARNs");
        var found = request.listenerArn() != null
                ? seen(elb.listeners.seen(request.listenerArn()).shown())
                : request.ruleArns().stream().map(this::seen).toList();
        return DescribeRulesResponse.builder().rules(found).build();
    }

    private List<Rule> seen(Listener listener) {
        var rules = new ArrayList<>(
                rows.seen().stream().filter(rule -> of(listener, rule)).toList());
        rules.add(byDefault(listener));
        return rules;
    }

    private Rule seen(String arn) {
        return elb.listeners.rows.seen().stream()
                .flatMap(row -> seen(row.shown()).stream())
                .filter(rule -> rule.ruleArn().equals(arn))
                .findFirst()
                .orElseThrow(ElbErrors::noRule);
    }

    DeleteRuleResponse delete(DeleteRuleRequest request) {
        if (elb.listeners.rows.truths().stream()
                .anyMatch(row -> byDefault(row.shown()).ruleArn().equals(request.ruleArn())))
            throw ElbErrors.notPermitted("Default rule '" + request.ruleArn() + "' cannot be deleted");
        rows.truth(request.ruleArn()).orElseThrow(ElbErrors::noRule);
        rows.remove(request.ruleArn());
        return DeleteRuleResponse.builder().build();
    }

    void deleteAllOf(Listener listener) {
        rows.truths().stream().filter(rule -> of(listener, rule)).forEach(rule -> rows.remove(rule.ruleArn()));
    }

    private static boolean of(Listener listener, Rule rule) {
        return rule.ruleArn().startsWith(prefix(listener));
    }

    private static String prefix(Listener listener) {
        return listener.listenerArn().replace(":listener/", ":listener-rule/") + "/";
    }

    /** It is listed last, with the priority {@code default}. */
    private static Rule byDefault(Listener listener) {
        var id = new StringBuilder(
                        listener.listenerArn().substring(listener.listenerArn().length() - 16))
                .reverse();
        return Rule.builder()
                .ruleArn(prefix(listener) + id)
                .priority("default")
                .conditions(List.of())
                .actions(listener.defaultActions())
                .isDefault(true)
                .build();
    }
}
