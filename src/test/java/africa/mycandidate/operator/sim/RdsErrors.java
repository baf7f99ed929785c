package africa.mycandidate.operator.sim;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.rds.model.*;

/** Refusals of RDS. The suffixes of its codes follow no rule (botocore, rds service-2.json). */
final class RdsErrors {
    private RdsErrors() {}

    static AwsServiceException of(String code, String message) {
        return switch (code) {
            case "DBInstanceNotFound" -> error(DbInstanceNotFoundException.builder(), code, 404, message);
            case "DBInstanceAutomatedBackupNotFound" ->
                error(DbInstanceAutomatedBackupNotFoundException.builder(), code, 404, message);
            case "InvalidDBSnapshotState" -> error(InvalidDbSnapshotStateException.builder(), code, 400, message);
            case "PointInTimeRestoreNotEnabled" ->
                error(PointInTimeRestoreNotEnabledException.builder(), code, 400, message);
            case "DBSnapshotNotFound" -> error(DbSnapshotNotFoundException.builder(), code, 404, message);
            case "DBSubnetGroupNotFoundFault" -> error(DbSubnetGroupNotFoundException.builder(), code, 404, message);
            case "DBParameterGroupNotFound" -> error(DbParameterGroupNotFoundException.builder(), code, 404, message);
            case "DBInstanceAlreadyExists" -> error(DbInstanceAlreadyExistsException.builder(), code, 400, message);
            case "DBSnapshotAlreadyExists" -> error(DbSnapshotAlreadyExistsException.builder(), code, 400, message);
            case "DBSubnetGroupAlreadyExists" ->
                error(DbSubnetGroupAlreadyExistsException.builder(), code, 400, message);
            case "DBParameterGroupAlreadyExists" ->
                error(DbParameterGroupAlreadyExistsException.builder(), code, 400, message);
            case "DBSubnetGroupDoesNotCoverEnoughAZs" ->
                error(DbSubnetGroupDoesNotCoverEnoughAZsException.builder(), code, 400, message);
            case "InvalidDBInstanceState" -> error(InvalidDbInstanceStateException.builder(), code, 400, message);
            case "InvalidDBSubnetGroupStateFault" ->
                error(InvalidDbSubnetGroupStateException.builder(), code, 400, message);
            case "InvalidDBParameterGroupState" ->
                error(InvalidDbParameterGroupStateException.builder(), code, 400, message);
            case "InvalidSubnet" -> error(InvalidSubnetException.builder(), code, 400, message);
            case "SubnetAlreadyInUse" -> error(SubnetAlreadyInUseException.builder(), code, 400, message);
            default -> error(RdsException.builder(), code, 400, message);
        };
    }

    static AwsServiceException value(String message) {
        return of("InvalidParameterValue", message);
    }

    static AwsServiceException combination(String message) {
        return of("InvalidParameterCombination", message);
    }

    static AwsServiceException noInstance(String id) {
        return of("DBInstanceNotFound", "DBInstance " + id + " not found.");
    }

    static AwsServiceException instanceState(String message) {
        return of("InvalidDBInstanceState", message);
    }

    private static AwsServiceException error(
            AwsServiceException.Builder builder, String code, int status, String message) {
        return Errors.of(builder, "Rds", code, status, message);
    }
}
