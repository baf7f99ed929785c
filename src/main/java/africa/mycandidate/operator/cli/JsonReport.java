package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.cost.CostChange;
import africa.mycandidate.operator.plan.Change;
import africa.mycandidate.operator.plan.Forecast;
import africa.mycandidate.operator.plan.Forecast.Action;
import africa.mycandidate.operator.plan.Forecast.Entry;
import africa.mycandidate.operator.reconcile.Preview.Answer.Planned;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A plan for programs. What each field means stands in docs/plan.md; a field is never taken away or given another meaning within one formatVersion. */
record JsonReport(String formatVersion, boolean changes, List<Deployment> deployments) {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    record Deployment(
            String namespace,
            String name,
            String account,
            String region,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String owner,
            Summary summary,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String approve,
            List<String> notes,
            Cost cost,
            List<Step> steps) {}

    /** In US dollars a month; {@code before} is what is there now. */
    record Cost(String currency, BigDecimal monthly, BigDecimal before, String basis) {}

    record Summary(
            long create,
            long change,
            long replace,
            long delete,
            long adopt,
            long held,
            long refused,
            long waiting,
            long unchanged,
            String interruption) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Step(
            String action,
            String type,
            String role,
            String id,
            String because,
            String interruption,
            String approve,
            Map<String, String> fields,
            @JsonInclude List<Field> changes) {}

    record Field(String field, String from, String to, String interruption) {}

    static String of(List<Planned> all) {
        var changes = all.stream().anyMatch(one -> !one.forecast().isEmpty());
        var report = new JsonReport(
                "1", changes, all.stream().map(JsonReport::deployment).toList());
        return print(report);
    }

    /** @param records of texts and numbers alone */
    static String print(Object records) {
        try {
            return MAPPER.writeValueAsString(records) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts can always be written", e);
        }
    }

    private static Deployment deployment(Planned planned) {
        var identity = planned.identity();
        return new Deployment(
                identity.namespace(),
                identity.name(),
                identity.account(),
                identity.region(),
                planned.owner(),
                summary(planned.forecast()),
                planned.approval(),
                planned.notes(),
                cost(planned.cost()),
                planned.forecast().entries().stream().map(JsonReport::step).toList());
    }

    private static Cost cost(CostChange change) {
        return new Cost(
                "USD",
                change.then().monthly(),
                change.now().monthly(),
                change.then().basis());
    }

    private static Summary summary(Forecast forecast) {
        return new Summary(
                forecast.count(Action.CREATE),
                forecast.count(Action.UPDATE),
                forecast.count(Action.REPLACE),
                forecast.count(Action.DELETE),
                forecast.count(Action.ADOPT),
                forecast.count(Action.HELD),
                forecast.count(Action.REFUSED),
                forecast.count(Action.WAIT),
                forecast.kept(),
                forecast.worst().title());
    }

    private static Step step(Entry entry) {
        return new Step(
                action(entry.action()),
                entry.key().type().getSimpleName(),
                entry.key().role(),
                entry.id(),
                entry.because(),
                entry.interruption().title(),
                entry.held()
                        .map(africa.mycandidate.operator.plan.Step.Held::hash)
                        .orElse(""),
                entry.fields(),
                entry.changes().stream().map(JsonReport::field).toList());
    }

    private static Field field(Change change) {
        return new Field(
                change.field(),
                change.actual(),
                change.desired(),
                change.interruption().title());
    }

    /** As the summary has it. */
    private static String action(Action action) {
        return switch (action) {
            case CREATE -> "create";
            case UPDATE -> "change";
            case REPLACE -> "replace";
            case DELETE -> "delete";
            case ADOPT -> "adopt";
            case HELD -> "held";
            case REFUSED -> "refused";
            case WAIT -> "waiting";
        };
    }
}
