package africa.mycandidate.operator.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Rules of listeners: the default one, and those that stand before it. */
final class ElbRules {
    private final SimAws aws;
    private final SimElb elb;
    final Table<ElbRow<Rule>> rows;

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
        if (all().anyMatch(rule -> of(listener, rule) && rule.priority().equals(priority)))
            throw ElbErrors.of(
                    PriorityInUseException.builder(),
                    "PriorityInUse",
                    "Priority '" + priority + "' is currently in use");
        var rule = Rule.builder()
                .ruleArn(prefix(listener) + aws.world.hex(16))
                .priority(priority)
                .conditions(checked(request.conditions()))
                .actions(checked(request.actions(), listener))
                .isDefault(false)
                .build();
        rows.put(rule.ruleArn(), new ElbRow<>(rule, Map.of(), ElbTags.added(Map.of(), request.tags())));
        ElbActions.groups(rule.actions()).forEach(elb.targets::attached);
        return CreateRuleResponse.builder().rules(rule).build();
    }

    /** Conditions and actions are replaced whole (ELB API Reference, ModifyRule). */
    ModifyRuleResponse modify(ModifyRuleRequest request) {
        var row = truth(request.ruleArn());
        var old = row.shown();
        var listener = elb.listeners.rows.truths().stream()
                .map(ElbRow::shown)
                .filter(one -> of(one, old))
                .findFirst()
                .orElseThrow(ElbErrors::noListener);
        var next = old.toBuilder()
                .conditions(request.conditions().isEmpty() ? old.conditions() : checked(request.conditions()))
                .actions(request.actions().isEmpty() ? old.actions() : checked(request.actions(), listener))
                .build();
        rows.put(next.ruleArn(), row.shown(next));
        ElbActions.groups(next.actions()).forEach(elb.targets::attached);
        elb.listeners.ended(old.actions(), next.actions());
        return ModifyRuleResponse.builder().rules(next).build();
    }

    private List<Action> checked(List<Action> actions, Listener listener) {
        return elb.listeners.actions.checked(
                actions, listener.loadBalancerArn(), listener.protocolAsString(), listener.port());
    }

    /** Up to three values of up to 128 characters (ELB API Reference, HttpHeaderConditionConfig; User Guide, "Quotas"). */
    private static List<RuleCondition> checked(List<RuleCondition> conditions) {
        for (var condition : conditions) {
            var header = condition.httpHeaderConfig();
            if (!Objects.equals(condition.field(), "http-header")) continue;
            if (header == null
                    || header.httpHeaderName() == null
                    || header.values().isEmpty())
                throw ElbErrors.validation("The field 'http-header' must have a header name and a value");
            if (header.values().size() > 3 || header.values().stream().anyMatch(value -> value.length() > 128))
                throw ElbErrors.validation("The value of a header condition is too long, or there are too many");
        }
        return conditions;
    }

    /** What is done with a request: the first rule by priority whose conditions it meets, else the default. */
    List<Action> actions(Listener listener, Map<String, String> headers) {
        return all().filter(rule -> of(listener, rule))
                .sorted(Comparator.comparingInt(rule -> Integer.parseInt(rule.priority())))
                .filter(rule -> rule.conditions().stream().allMatch(condition -> meets(condition, headers)))
                .findFirst()
                .map(Rule::actions)
                .orElse(listener.defaultActions());
    }

    /** Header names and values are compared without regard to case (ELB User Guide, "Rule condition types"). */
    private static boolean meets(RuleCondition condition, Map<String, String> headers) {
        var header = condition.httpHeaderConfig();
        if (header == null) throw new UnsupportedOperationException("Only header conditions are modelled for traffic.");
        return headers.entrySet().stream()
                .filter(one -> one.getKey().equalsIgnoreCase(header.httpHeaderName()))
                .anyMatch(one -> header.values().stream().anyMatch(one.getValue()::equalsIgnoreCase));
    }

    private Stream<Rule> all() {
        return rows.truths().stream().map(ElbRow::shown);
    }

    ElbRow<Rule> truth(String arn) {
        return rows.truth(arn).orElseThrow(ElbErrors::noRule);
    }

    ElbRow<Rule> seenRow(String arn) {
        return rows.seen(arn).orElseThrow(ElbErrors::noRule);
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
        var rules = new ArrayList<>(rows.seen().stream()
                .map(ElbRow::shown)
                .filter(rule -> of(listener, rule))
                .toList());
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
        remove(truth(request.ruleArn()).shown());
        return DeleteRuleResponse.builder().build();
    }

    void deleteAllOf(Listener listener) {
        all().filter(rule -> of(listener, rule)).toList().forEach(this::remove);
    }

    private void remove(Rule rule) {
        rows.remove(rule.ruleArn());
        elb.listeners.ended(rule.actions(), List.of());
    }

    static boolean of(Listener listener, Rule rule) {
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
