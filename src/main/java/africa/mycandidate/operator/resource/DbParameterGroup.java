package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Interruption;
import africa.mycandidate.operator.model.Interrupts;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.Parameter;

/**
 * Settings of the database engine. Only parameters that were set by a user are compared. Outputs: {@code name}, and {@code tunedName} once it has parameters
 * of its own.
 */
@AwsType(nameLength = 255, generation = true)
public record DbParameterGroup(
        @Immutable @Interrupts(Interruption.NONE) String family,
        @Immutable String description,
        @Late @Declared Map<String, String> parameters)
        implements Resource {}

final class DbParameterGroupHandler implements Handler<DbParameterGroup> {
    /** The most parameters that one ModifyDBParameterGroup takes (RDS API reference). */
    private static final int CHUNK = 20;

    private final RdsClient rds;
    private final RdsTags tags;

    DbParameterGroupHandler(Clients clients) {
        this.rds = clients.of(RdsClient.class);
        this.tags = new RdsTags(rds);
    }

    @Override
    public Class<DbParameterGroup> type() {
        return DbParameterGroup.class;
    }

    @Override
    public List<Observed<DbParameterGroup>> list(String place) {
        var found = new ArrayList<Observed<DbParameterGroup>>();
        for (var group : rds.describeDBParameterGroupsPaginator(request -> {}).dbParameterGroups()) {
            if (Identity.names(group.dbParameterGroupName())) found.add(observed(group));
        }
        return found;
    }

    private Observed<DbParameterGroup> observed(DBParameterGroup group) {
        var name = group.dbParameterGroupName();
        try {
            var parameters = userParameters(name);
            var actual = new DbParameterGroup(group.dbParameterGroupFamily(), group.description(), parameters);
            return Observed.of(
                    actual,
                    name,
                    name,
                    Phase.READY,
                    outputs(group, parameters),
                    tags.read(group.dbParameterGroupArn()));
        } catch (DbParameterGroupNotFoundException e) {
            var actual = new DbParameterGroup(group.dbParameterGroupFamily(), group.description(), null);
            return Observed.of(actual, name, name, Phase.READY, outputs(group, Map.of()), Map.of())
                    .withOwner(new Owner.Unreadable())
                    .withUnread(Set.of("parameters"));
        }
    }

    private static Map<String, String> outputs(DBParameterGroup group, Map<String, String> parameters) {
        var outputs = new TreeMap<>(Map.of("name", group.dbParameterGroupName(), "arn", group.dbParameterGroupArn()));
        if (!parameters.isEmpty()) outputs.put("tunedName", group.dbParameterGroupName());
        return outputs;
    }

    private Map<String, String> userParameters(String name) {
        var values = new TreeMap<String, String>();
        for (var parameter : rds.describeDBParametersPaginator(
                        request -> request.dbParameterGroupName(name).source("user"))
                .parameters()) {
            if (parameter.parameterValue() != null) values.put(parameter.parameterName(), parameter.parameterValue());
        }
        return values;
    }

    @Override
    public String create(DbParameterGroup want, Creation creation) {
        rds.createDBParameterGroup(request -> request.dbParameterGroupName(creation.name())
                .dbParameterGroupFamily(want.family())
                .description(want.description())
                .tags(RdsTags.of(creation.tags())));
        return creation.name();
    }

    /** A static parameter takes only {@code pending-reboot} (RDS API reference, Parameter); the instance then shows that it must restart. */
    @Override
    public void update(Observed<DbParameterGroup> have, DbParameterGroup goal, Set<String> fields) {
        if (!fields.contains("parameters")) return;
        var had = have.actual().parameters() == null
                ? Map.<String, String>of()
                : have.actual().parameters();
        var differing = new TreeMap<>(goal.parameters());
        differing.entrySet().removeIf(entry -> entry.getValue().equals(had.get(entry.getKey())));
        var dynamic =
                rds
                        .describeDBParametersPaginator(request -> request.dbParameterGroupName(have.id()))
                        .parameters()
                        .stream()
                        .filter(parameter -> "dynamic".equals(parameter.applyType()))
                        .map(Parameter::parameterName)
                        .collect(Collectors.toSet());
        var parameters = differing.entrySet().stream()
                .map(entry -> Parameter.builder()
                        .parameterName(entry.getKey())
                        .parameterValue(entry.getValue())
                        .applyMethod(
                                dynamic.contains(entry.getKey()) ? ApplyMethod.IMMEDIATE : ApplyMethod.PENDING_REBOOT)
                        .build())
                .toList();
        for (var from = 0; from < parameters.size(); from += CHUNK) {
            var chunk = parameters.subList(from, Math.min(parameters.size(), from + CHUNK));
            rds.modifyDBParameterGroup(
                    request -> request.dbParameterGroupName(have.id()).parameters(chunk));
        }
    }

    @Override
    public void delete(Observed<DbParameterGroup> have, Deletion deletion) {
        rds.deleteDBParameterGroup(request -> request.dbParameterGroupName(have.id()));
    }

    @Override
    public void tag(Observed<DbParameterGroup> have, Map<String, String> set, Set<String> remove) {
        tags.change(have.outputs().get("arn"), set, remove);
    }
}
