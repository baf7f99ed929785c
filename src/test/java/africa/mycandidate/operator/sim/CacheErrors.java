package africa.mycandidate.operator.sim;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticache.model.*;

/** Refusals of ElastiCache. CacheSubnetGroupNotFoundFault is HTTP 400, other missing things are 404 (botocore, elasticache service-2.json). */
final class CacheErrors {
    private CacheErrors() {}

    static AwsServiceException of(String code, String message) {
        return switch (code) {
            case "ReplicationGroupNotFoundFault" ->
                error(ReplicationGroupNotFoundException.builder(), code, 404, message);
            case "CacheClusterNotFound" -> error(CacheClusterNotFoundException.builder(), code, 404, message);
            case "SnapshotNotFoundFault" -> error(SnapshotNotFoundException.builder(), code, 404, message);
            case "CacheSubnetGroupNotFoundFault" ->
                error(CacheSubnetGroupNotFoundException.builder(), code, 400, message);
            case "ReplicationGroupAlreadyExists" ->
                error(ReplicationGroupAlreadyExistsException.builder(), code, 400, message);
            case "CacheSubnetGroupAlreadyExists" ->
                error(CacheSubnetGroupAlreadyExistsException.builder(), code, 400, message);
            case "SnapshotAlreadyExistsFault" -> error(SnapshotAlreadyExistsException.builder(), code, 400, message);
            case "InvalidReplicationGroupState" ->
                error(InvalidReplicationGroupStateException.builder(), code, 400, message);
            case "InvalidCacheClusterState" -> error(InvalidCacheClusterStateException.builder(), code, 400, message);
            case "CacheSubnetGroupInUse" -> error(CacheSubnetGroupInUseException.builder(), code, 400, message);
            case "SubnetInUse" -> error(SubnetInUseException.builder(), code, 400, message);
            case "InvalidSubnet" -> error(InvalidSubnetException.builder(), code, 400, message);
            case "InvalidARN" -> error(InvalidArnException.builder(), code, 400, message);
            case "NoOperationFault" -> error(NoOperationException.builder(), code, 400, message);
            case "InvalidParameterValue" -> error(InvalidParameterValueException.builder(), code, 400, message);
            case "InvalidParameterCombination" ->
                error(InvalidParameterCombinationException.builder(), code, 400, message);
            default -> error(ElastiCacheException.builder(), code, 400, message);
        };
    }

    static AwsServiceException value(String message) {
        return of("InvalidParameterValue", message);
    }

    static AwsServiceException combination(String message) {
        return of("InvalidParameterCombination", message);
    }

    static AwsServiceException state(String message) {
        return of("InvalidReplicationGroupState", message);
    }

    private static AwsServiceException error(
            AwsServiceException.Builder builder, String code, int status, String message) {
        return Errors.of(builder, "ElastiCache", code, status, message);
    }
}
