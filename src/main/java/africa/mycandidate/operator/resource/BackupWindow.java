package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.model.WeeklyWindow;

/**
 * When AWS backs up a database or a cache, each day. The weekly maintenance must not meet it: {@code InvalidParameterValue} otherwise, for a cache also while its
 * backups are off (terraform-provider-aws#49828, terraform#17247). AWS draws it at the creation, so the maintenance is moved afterwards.
 */
final class BackupWindow {
    /** The output that says it, such as {@code 03:10-03:40}; in UTC. */
    static final String OUTPUT = "backupWindow";

    private BackupWindow() {}

    /** The same record, with a maintenance window that is as good and apart from the backups. */
    static <R extends Resource> R apart(R want, WeeklyWindow maintenance, Observed<?> have, Snapshot seen) {
        if (maintenance == null) return want;
        var apart = maintenance.apartFrom(have.outputs().getOrDefault(OUTPUT, ""), seen.at());
        return Fields.map(want, (field, value) -> value == maintenance ? apart : value);
    }
}
