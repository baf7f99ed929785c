package africa.mycandidate.operator.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.rds.model.*;

/** Parameter groups of PostgreSQL. A static parameter waits for a reboot of the instance, a dynamic one is in force after a moment. */
final class DbParameterGroups {
    /** Some parameters of the families that RDS offers, and whether they are static (User Guide, parameters of RDS for PostgreSQL). */
    private static final Map<String, Boolean> STATIC = new TreeMap<>(Map.ofEntries(
            Map.entry("rds.force_ssl", false),
            Map.entry("log_min_duration_statement", false),
            Map.entry("log_statement", false),
            Map.entry("log_connections", false),
            Map.entry("log_disconnections", false),
            Map.entry("work_mem", false),
            Map.entry("idle_in_transaction_session_timeout", false),
            Map.entry("statement_timeout", false),
            Map.entry("timezone", false),
            Map.entry("rds.log_retention_period", false),
            Map.entry("max_connections", true),
            Map.entry("shared_buffers", true),
            Map.entry("shared_preload_libraries", true),
            Map.entry("rds.logical_replication", true)));

    private record Group(DBParameterGroup shown, Map<String, String> set) {}

    private final SimAws aws;
    private final RdsTags tags;
    private final Table<Group> groups;
    private final Predicate<String> used;
    private final Consumer<String> changed;

    /** @param changed told the name of a group of which a parameter changed */
    DbParameterGroups(SimAws aws, RdsTags tags, Predicate<String> used, Consumer<String> changed) {
        this.aws = aws;
        this.tags = tags;
        this.groups = new Table<>(aws.world);
        this.used = used;
        this.changed = changed;
    }

    CreateDbParameterGroupResponse create(CreateDbParameterGroupRequest request) {
        var name = DbRules.name("DBParameterGroupName", request.dbParameterGroupName(), 255);
        if (request.description() == null || request.description().isBlank())
            throw RdsErrors.value("The parameter Description must be provided and must not be blank.");
        if (!DbCatalog.families().contains(String.valueOf(request.dbParameterGroupFamily())))
            throw RdsErrors.value("ParameterGroupFamily " + request.dbParameterGroupFamily()
                    + " is not a valid parameter group family");
        if (groups.truth(name).isPresent())
            throw RdsErrors.of("DBParameterGroupAlreadyExists", "Parameter group " + name + " already exists");
        var group = DBParameterGroup.builder()
                .dbParameterGroupName(name)
                .dbParameterGroupFamily(request.dbParameterGroupFamily())
                .description(request.description())
                .dbParameterGroupArn(aws.arn("rds", "pg:" + name))
                .build();
        tags.create(group.dbParameterGroupArn(), request.tags());
        groups.put(name, new Group(group, Map.of()));
        return CreateDbParameterGroupResponse.builder().dbParameterGroup(group).build();
    }

    DescribeDbParameterGroupsResponse describe(DescribeDbParameterGroupsRequest request) {
        var name = request.dbParameterGroupName();
        var found = groups.seen().stream()
                .map(Group::shown)
                .filter(group -> name == null || group.dbParameterGroupName().equalsIgnoreCase(name))
                .toList();
        if (name != null && found.isEmpty()) throw notFound(name);
        var page = Page.of(found, request.marker(), DbRules.records(request.maxRecords()), 100);
        return DescribeDbParameterGroupsResponse.builder()
                .dbParameterGroups(page.items())
                .marker(page.marker())
                .build();
    }

    DescribeDbParametersResponse parameters(DescribeDbParametersRequest request) {
        var name = String.valueOf(request.dbParameterGroupName()).toLowerCase();
        var group = groups.seen(name).orElseThrow(() -> notFound(name));
        var source = request.source();
        var found = STATIC.keySet().stream()
                .filter(key ->
                        source == null || source.equals(group.set().containsKey(key) ? "user" : "engine-default"))
                .map(key -> parameter(group, key))
                .toList();
        var page = Page.of(found, request.marker(), DbRules.records(request.maxRecords()), 100);
        return DescribeDbParametersResponse.builder()
                .parameters(page.items())
                .marker(page.marker())
                .build();
    }

    private static Parameter parameter(Group group, String name) {
        var isStatic = STATIC.get(name);
        return Parameter.builder()
                .parameterName(name)
                .parameterValue(
                        group.set().getOrDefault(name, usual(group.shown().dbParameterGroupFamily(), name)))
                .source(group.set().containsKey(name) ? "user" : "engine-default")
                .applyType(isStatic ? "static" : "dynamic")
                .applyMethod(isStatic ? ApplyMethod.PENDING_REBOOT : ApplyMethod.IMMEDIATE)
                .isModifiable(true)
                .build();
    }

    /** TLS is forced by default from PostgreSQL 15 on (User Guide, SSL with a PostgreSQL DB instance). */
    private static String usual(String family, String name) {
        return name.equals("rds.force_ssl")
                ? DbCatalog.major(family.substring("postgres".length())) >= 15 ? "1" : "0"
                : null;
    }

    ModifyDbParameterGroupResponse modify(ModifyDbParameterGroupRequest request) {
        var group = truth(request.dbParameterGroupName());
        if (request.parameters().isEmpty() || request.parameters().size() > 20)
            throw RdsErrors.value("Between 1 and 20 parameters can be modified in one request.");
        var set = new LinkedHashMap<>(group.set());
        for (var parameter : request.parameters()) {
            var isStatic = STATIC.get(parameter.parameterName());
            if (isStatic == null)
                throw RdsErrors.value("Could not find parameter with name: " + parameter.parameterName());
            if (isStatic && parameter.applyMethod() == ApplyMethod.IMMEDIATE)
                throw RdsErrors.combination("cannot use immediate apply method for static parameter");
            if (parameter.parameterName().equals("rds.force_ssl")
                    && !String.valueOf(parameter.parameterValue()).matches("[01]"))
                throw RdsErrors.value("Invalid parameter value: " + parameter.parameterValue()
                        + " for: rds.force_ssl allowed values are: 0,1");
            set.put(parameter.parameterName(), parameter.parameterValue());
        }
        var name = group.shown().dbParameterGroupName();
        var differs = !set.equals(group.set());
        groups.put(name, new Group(group.shown(), Map.copyOf(set)));
        if (differs) changed.accept(name);
        return ModifyDbParameterGroupResponse.builder()
                .dbParameterGroupName(name)
                .build();
    }

    DeleteDbParameterGroupResponse delete(DeleteDbParameterGroupRequest request) {
        var name = truth(request.dbParameterGroupName()).shown().dbParameterGroupName();
        if (used.test(name))
            throw RdsErrors.of(
                    "InvalidDBParameterGroupState",
                    "One or more database instances are still members of this parameter group " + name
                            + ", so the group cannot be deleted");
        groups.remove(name);
        tags.delete(aws.arn("rds", "pg:" + name));
        return DeleteDbParameterGroupResponse.builder().build();
    }

    /** The family of a group, also of a default one. */
    String family(String name) {
        return name.startsWith("default.")
                ? name.substring("default.".length())
                : truth(name).shown().dbParameterGroupFamily();
    }

    /** What an instance with the group runs with after a reboot. */
    Map<String, String> values(String name) {
        var family = family(name);
        var values = new TreeMap<String, String>();
        STATIC.keySet().forEach(key -> {
            var value = usual(family, key);
            if (value != null) values.put(key, value);
        });
        if (!name.startsWith("default.")) values.putAll(truth(name).set());
        return values;
    }

    static boolean isStatic(String parameter) {
        return STATIC.getOrDefault(parameter, false);
    }

    private Group truth(String name) {
        var key = String.valueOf(name).toLowerCase();
        return groups.truth(key).orElseThrow(() -> notFound(key));
    }

    private static RuntimeException notFound(String name) {
        return RdsErrors.of("DBParameterGroupNotFound", "DBParameterGroup not found: " + name);
    }
}
