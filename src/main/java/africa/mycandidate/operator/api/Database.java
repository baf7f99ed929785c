package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The PostgreSQL database. */
@Block
@ValidationRule(value = Database.ROOM, messageExpression = Database.ROOM_MESSAGE, fieldPath = ".maxStorageGiB")
@ValidationRule(
        value = "!has(self.instanceClass) || self.instanceClass.matches('^db[.][a-z0-9-]+[.][a-z0-9]+$')",
        message = "write an RDS instance class, such as db.t3.small",
        fieldPath = ".instanceClass")
@ValidationRule(
        value = "!has(self.engineVersion) || (self.engineVersion.matches('^[0-9]{1,2}([.][0-9]{1,2})?$') && "
                + "int(self.engineVersion.split('.')[0]) >= 12)",
        message = "write a PostgreSQL version of 12 or newer, such as \"16\" or \"16.9\"",
        fieldPath = ".engineVersion")
@ValidationRule(
        value = "!has(self.backupRetentionDays) || (self.backupRetentionDays >= 1 && self.backupRetentionDays <= 35)",
        message = "write 1 to 35 days: 0 would turn the automated backups off, and RDS keeps none for longer "
                + "than 35 days",
        fieldPath = ".backupRetentionDays")
@ValidationRule(
        value = "!has(self.kmsKeyArn) || "
                + "self.kmsKeyArn.matches('^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$')",
        message = "write the ARN of a KMS key, such as "
                + "arn:aws:kms:af-south-1:123456789012:key/12345678-1234-1234-1234-123456789012, not its id and "
                + "not an alias",
        fieldPath = ".kmsKeyArn")
public record Database(
        @Size(max = 64) @JsonPropertyDescription("RDS instance class, such as db.t3.small. Default db.t3.small.")
        String instanceClass,

        @Size(max = 8)
        @JsonPropertyDescription(
                "PostgreSQL version: a major one such as \"16\", which takes any minor one, or major and minor such as "
                        + "\"16.9\". 12 or newer; never lower than before. Default \"16\".")
        String engineVersion,

        @JsonPropertyDescription("true: a standby in a second zone, which takes over by itself. Default true.")
        Boolean multiAz,

        @Min(20)
        @Max(65536)
        @JsonPropertyDescription("Storage in GiB at the start, 20 to 65536. Can grow, never shrink. Default 20.")
        Integer storageGiB,

        @Min(22)
        @Max(65536)
        @JsonPropertyDescription(
                "Storage in GiB up to which RDS grows it by itself, 22 to 65536, at least 10 percent over storageGiB. "
                        + "Default 100.")
        Integer maxStorageGiB,

        @JsonPropertyDescription("Days for which automated backups are kept, 1 to 35. Default 7.")
        Integer backupRetentionDays,

        @JsonPropertyDescription(
                "true: neither the database nor this stack can be deleted until it is set to false. Default true.")
        Boolean deletionProtection,

        @JsonPropertyDescription(
                "Where the first data come from: a snapshot, or another instance at a time. Its master user and database "
                        + "must be called mycandidate. Has no effect on a database that is there; one that was deleted by "
                        + "hand is restored once this is set to another source. Absent: an empty database.")
        RestoreFrom restoreFrom,

        @Size(max = 512)
        @JsonPropertyDescription(
                "ARN of the KMS key that the database is encrypted with. Cannot be changed later. Absent: the key "
                        + "that AWS keeps for RDS.")
        String kmsKeyArn) {
    private static final String STORAGE = "(has(self.storageGiB) ? self.storageGiB : 20)";
    private static final String MAX = "(has(self.maxStorageGiB) ? self.maxStorageGiB : 100)";

    /** Amazon RDS User Guide, "Managing capacity automatically with storage autoscaling": at least 10 percent more than the allocated storage. */
    static final String ROOM = MAX + " * 10 >= " + STORAGE + " * 11";

    static final String ROOM_MESSAGE =
            "'RDS wants maxStorageGiB at least 10 percent over storageGiB, which is %d; write a"
                    + " database.maxStorageGiB of at least %d'.format([" + STORAGE + ", (" + STORAGE
                    + " * 11 + 9) / 10])";
}
