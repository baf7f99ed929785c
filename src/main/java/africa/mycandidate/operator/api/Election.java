package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A time of many visitors that is known beforehand. */
@Block
@ValidationRule(
        value = "self.name.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$')",
        message = "write a name of lower case letters, digits and hyphens, such as national-2029",
        fieldPath = ".name")
@ValidationRule(value = Election.FROM, message = Election.TIME_MESSAGE, fieldPath = ".from")
@ValidationRule(value = Election.TO, message = Election.TIME_MESSAGE, fieldPath = ".to")
@ValidationRule(
        value = "self.from < self.to",
        messageExpression = "'the election ' + self.name + ' ends at ' + self.to + ', which is not after its beginning,"
                + " ' + self.from + '; write a later to'",
        fieldPath = ".to")
@ValidationRule(
        value = "!has(self.minTasks) || !has(self.maxTasks) || self.minTasks <= self.maxTasks",
        message = "minTasks is more than maxTasks; write a lower minTasks or a higher maxTasks",
        fieldPath = ".minTasks")
@ValidationRule(
        value = "!has(self.databaseClass) || self.databaseClass.matches('^db[.][a-z0-9-]+[.][a-z0-9]+$')",
        message = "write an RDS instance class, such as db.m7g.large",
        fieldPath = ".databaseClass")
@ValidationRule(
        value = "!has(self.cacheNodeType) || self.cacheNodeType.matches('^cache[.][a-z0-9-]+[.][a-z0-9]+$')",
        message = "write an ElastiCache node type, such as cache.m7g.large",
        fieldPath = ".cacheNodeType")
@ValidationRule(
        value = "!has(self.cacheNodeType) || !self.cacheNodeType.matches('^cache[.](t1|m1|m2|c1)[.]')",
        message = "this node type cannot encrypt what it sends; write a newer one, such as cache.m7g.large",
        fieldPath = ".cacheNodeType")
public record Election(
        @Required
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Name of the election, such as national-2029: lower case letters, digits and hyphens.")
        String name,

        @Required
        @Size(max = 16)
        @JsonPropertyDescription(
                "When it begins, as YYYY-MM-DDTHH:MM in spec.timeZone, such as 2029-05-28T06:00. A time that clocks skip there means the moment "
                        + "at which they do; one that comes twice means the earlier.")
        String from,

        @Required
        @Size(max = 16)
        @JsonPropertyDescription(
                "When it ends, as YYYY-MM-DDTHH:MM in spec.timeZone, such as 2029-05-31T00:00. Later than from. Of a time that comes twice the "
                        + "later is meant.")
        String to,

        @Min(0)
        @Max(1440)
        @JsonPropertyDescription(
                "Minutes before from at which the stack is scaled up and, with freeze, frozen, 0 to 1440. Default 60.")
        Integer leadMinutes,

        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
                "Fewest tasks during the election, 1 to 1000. docs/load.md says how to choose it. Default "
                        + "scaling.minTasks.")
        Integer minTasks,

        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
                "Most tasks during the election, 1 to 1000, at least minTasks. Default scaling.maxTasks, or minTasks "
                        + "where that is more.")
        Integer maxTasks,

        @JsonPropertyDescription(
                "true: changes that roll the tasks or do worse wait until the end, whatever was approved; only what "
                        + "endangers the site is still repaired. Default true.")
        Boolean freeze,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Database class during the election, such as db.m7g.large. It is asked for 24 hours before the tasks, "
                        + "not at all in the last hour before them, and changed back in the first maintenance window "
                        + "afterwards; each change is about a minute without the database. Default "
                        + "database.instanceClass.")
        String databaseClass,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Cache node type during the election, such as cache.m7g.large, changed when databaseClass is. Default "
                        + "cache.nodeType.")
        String cacheNodeType,

        @Min(100)
        @Max(1000000)
        @JsonPropertyDescription(
                "Load balancer capacity units (LCU) to reserve for the election, 100 to 1000000, so that the load "
                        + "balancer need not grow among the voters. They are reserved from 12 hours before the tasks until the "
                        + "end, and are paid for all that time, used or not. An account may reserve none until "
                        + "Service Quotas allows it; docs/operations.md says how to choose it. Default none.")
        Integer loadBalancerCapacityUnits) {
    private static final String TIME = "^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
            + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))T([01][0-9]|2[0-3]):[0-5][0-9]$";
    static final String FROM = "self.from.matches('" + TIME + "')";
    static final String TO = "self.to.matches('" + TIME + "')";
    static final String TIME_MESSAGE =
            "write a date and time as YYYY-MM-DDTHH:MM in quotes and without a zone, such as \"2029-05-28T06:00\"; the"
                    + " zone is spec.timeZone";
}
