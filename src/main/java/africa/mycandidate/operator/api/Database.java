package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** The PostgreSQL database. */
@Block
public record Database(
        @Size(max = 64)
        @JsonPropertyDescription("RDS instance class, such as db.t3.small. Default db.t3.small.")
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
                "Where the first data come from: a snapshot, or another instance at a time. Absent: an empty "
                        + "database. Not supported yet.")
        RestoreFrom restoreFrom,
        @Size(max = 512)
        @JsonPropertyDescription(
                "ARN of the KMS key that the database is encrypted with. Cannot be changed later. Absent: the key "
                        + "that AWS keeps for RDS.")
        String kmsKeyArn) {}
