package africa.mycandidate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import africa.mycandidate.operator.aws.AwsFailure.Kind;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What AWS's codes mean; codes and messages as the services send them. */
class AwsFailureTest {
    private static AwsFailure failure(int status, String code, String message) {
        return AwsFailure.of(
                "Service",
                AwsServiceException.builder()
                        .statusCode(status)
                        .requestId("r-1")
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage(message)
                                .build())
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        // Found by the code, never by the status: some services answer 400 where a thing is not there.
        "DBInstanceNotFound, 404, ABSENT",
        "DBSubnetGroupNotFoundFault, 404, ABSENT",
        "ReplicationGroupNotFoundFault, 404, ABSENT",
        "CacheSubnetGroupNotFoundFault, 400, ABSENT",
        "CacheClusterNotFound, 404, ABSENT",
        "NoSuchDistribution, 404, ABSENT",
        "DistributionAlreadyExists, 409, EXISTS",
        // Another distribution has the name, perhaps in another account: only people can settle that.
        "CNAMEAlreadyExists, 409, INVALID",
        "DistributionNotDisabled, 409, NOT_YET",
        "PreconditionFailed, 412, NOT_YET",
        "InvalidIfMatchVersion, 400, NOT_YET",
        "LoadBalancerNotFound, 400, ABSENT",
        "ListenerNotFound, 400, ABSENT",
        "TargetGroupNotFound, 400, ABSENT",
        "InvalidVpcID.NotFound, 400, ABSENT",
        "InvalidSubnetID.NotFound, 400, ABSENT",
        "InvalidNatGatewayID.NotFound, 400, ABSENT",
        "NatGatewayNotFound, 400, ABSENT",
        "InvalidPermission.NotFound, 400, ABSENT",
        "Gateway.NotAttached, 400, ABSENT",
        "ServiceNotFoundException, 400, ABSENT",
        "ServiceNotActiveException, 400, ABSENT",
        "ClusterNotFoundException, 400, ABSENT",
        "ObjectNotFoundException, 400, ABSENT",
        "ResourceNotFoundException, 400, ABSENT",
        "NoSuchEntity, 404, ABSENT",
        "NoSuchHostedZone, 404, ABSENT",
        "DBInstanceAlreadyExists, 400, EXISTS",
        "ReplicationGroupAlreadyExists, 400, EXISTS",
        "EntityAlreadyExists, 409, EXISTS",
        "ResourceExistsException, 400, EXISTS",
        "ResourceAlreadyExistsException, 400, EXISTS",
        "DuplicateLoadBalancerName, 400, EXISTS",
        "DuplicateListener, 400, EXISTS",
        "InvalidGroup.Duplicate, 400, EXISTS",
        "InvalidPermission.Duplicate, 400, EXISTS",
        "InvalidSubnet.Conflict, 400, EXISTS",
        "RouteAlreadyExists, 400, EXISTS",
        "Resource.AlreadyAssociated, 400, EXISTS",
        "DBSnapshotAlreadyExists, 400, EXISTS",
        "DependencyViolation, 400, NOT_YET",
        "ResourceInUse, 400, NOT_YET",
        "ResourceInUseException, 400, NOT_YET",
        "InvalidGroup.InUse, 400, NOT_YET",
        "InvalidIPAddress.InUse, 400, NOT_YET",
        "AuthFailure, 400, NOT_YET",
        "DeleteConflict, 409, NOT_YET",
        "ConflictException, 400, NOT_YET",
        "InvalidDBInstanceState, 400, NOT_YET",
        "InvalidDBSubnetGroupStateFault, 400, NOT_YET",
        "InvalidDBParameterGroupState, 400, NOT_YET",
        "InvalidReplicationGroupState, 400, NOT_YET",
        "InvalidCacheClusterState, 400, NOT_YET",
        "InvalidVPCNetworkStateFault, 400, NOT_YET",
        "InsufficientDBInstanceCapacity, 400, NOT_YET",
        "CacheSubnetGroupInUse, 400, NOT_YET",
        "SubnetInUse, 400, NOT_YET",
        "ClusterContainsServicesException, 400, NOT_YET",
        "ClusterContainsTasksException, 400, NOT_YET",
        "UpdateInProgressException, 400, NOT_YET",
        "UnsupportedCertificate, 400, NOT_YET",
        "OperationNotPermitted, 400, NOT_YET",
        "CapacityReservationPending, 400, RESTING",
        "CapacityDecreaseRequestLimitExceeded, 400, RESTING",
        "CapacityUnitsLimitExceeded, 400, QUOTA",
        "InsufficientCapacity, 500, TRANSIENT",
        "FailedResourceAccessException, 400, NOT_YET",
        "Throttling, 400, THROTTLED",
        "ThrottlingException, 400, THROTTLED",
        "RequestLimitExceeded, 503, THROTTLED",
        "TooManyRequestsException, 429, THROTTLED",
        "PriorRequestNotComplete, 400, THROTTLED",
        "ConcurrentUpdateException, 500, THROTTLED",
        "ConcurrentModification, 409, THROTTLED",
        "OperationAbortedException, 400, THROTTLED",
        "SlowDown, 503, THROTTLED",
        "InternalFailure, 500, TRANSIENT",
        "ServiceUnavailable, 503, THROTTLED",
        "ConcurrentAccess, 400, THROTTLED",
        "ExpiredTokenException, 403, TRANSIENT",
        "RequestExpired, 400, TRANSIENT",
        "AccessDenied, 403, DENIED",
        "AccessDeniedException, 400, DENIED",
        "UnauthorizedOperation, 403, DENIED",
        "AuthorizationError, 403, DENIED",
        "AuthFailure.ServiceLinkedRoleCreationNotPermitted, 400, DENIED",
        "OptInRequired, 401, DENIED",
        "InvalidClientTokenId, 403, DENIED",
        "VpcLimitExceeded, 400, QUOTA",
        "AddressLimitExceeded, 400, QUOTA",
        "NatGatewayLimitExceeded, 400, QUOTA",
        "InstanceQuotaExceeded, 400, QUOTA",
        "StorageQuotaExceeded, 400, QUOTA",
        "TooManyLoadBalancers, 400, QUOTA",
        "TooManyBuckets, 400, QUOTA",
        "BucketAlreadyOwnedByYou, 409, EXISTS",
        "BucketAlreadyExists, 409, INVALID",
        "BucketNotEmpty, 409, NOT_YET",
        "OperationAborted, 409, THROTTLED",
        "SlowDown, 503, THROTTLED",
        "NoSuchBucket, 404, ABSENT",
        "PermanentRedirect, 301, INVALID",
        "InvalidParameterValue, 400, INVALID",
        "InvalidChangeBatch, 400, INVALID",
        "DBSubnetGroupDoesNotCoverEnoughAZs, 400, INVALID",
        "KMSKeyNotAccessibleFault, 400, INVALID",
        "InvalidSubnet, 400, INVALID",
        "IdempotentParameterMismatch, 400, INVALID"
    })
    void aCodeMeans(String code, int status, Kind kind) {
        assertThat(failure(status, code, "words of AWS").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InvalidParameterException | Creation of service was not idempotent. | EXISTS",
                "InvalidParameterException | Unable to Start a service that is still Draining. | NOT_YET",
                "InvalidParameterException | The target group arn:x does not have an associated load balancer. | NOT_YET",
                "InvalidParameterException | Unable to assume the service linked role. Please verify that the ECS service linked role exists | NOT_YET",
                "InvalidParameterException | No such option. | INVALID",
                "ClientException | No Fargate configuration exists for given values. | INVALID",
                "ValidationException | ECS service doesn't exist: service/a/b | NOT_YET",
                "ValidationException | Unable to assume IAM role: arn:x | NOT_YET",
                "InvalidRequestException | You can't create this secret because a secret with this name is already scheduled for deletion. | NOT_YET",
                "MalformedPolicyDocument | Invalid principal in policy: \"AWS\":\"arn:x\" | NOT_YET",
                "MalformedPolicyDocument | Syntax errors in policy. | INVALID",
                "InvalidParameterCombination | Your previous storage change is being optimized. | RESTING",
                "InvalidConfigurationRequest | Access Denied for bucket: mcd-a-files-1a2b3c4. Please check S3bucket permission | NOT_YET",
                "InvalidParameterCombination | Cannot find version 16.1 for postgres | INVALID",
                "InvalidParameterCombination | No modifications were requested | INVALID",
                "DependencyViolation | Network vpc-1 has some mapped public address(es). | NOT_YET",
                "InvalidDBInstanceState | Instance is already being deleted. | NOT_YET",
                "SignatureDoesNotMatch | Signature expired: 20260105T080000Z is now earlier than 20260105T081200Z | TRANSIENT",
                "InvalidSignatureException | Signature not yet current: 20260105T081800Z is still later than 20260105T081200Z | TRANSIENT",
                "InvalidSignatureException | The request signature we calculated does not match. | DENIED",
                "LimitExceededException | 100 versions is the most | QUOTA",
                "ConflictException | Requested resource is currently being updated. Please try again. | NOT_YET",
                "ConflictException | The specified Delivery already exists | EXISTS",
                "ConflictException | Tags can only be provided when a resource is being created, not updated. | EXISTS",
                "ConflictException | This ResourceId has already been used in another Delivery Source in this account. | INVALID",
                "ConflictException | Delivery already exists for this Delivery Source with the same Delivery Destination Type. | INVALID",
                "AccessDeniedException | Access Denied for this Delivery Destination | NOT_YET"
            })
    void aMessageMayDecide(String code, String message, Kind kind) {
        assertThat(failure(400, code, message).kind()).isEqualTo(kind);
    }

    @Test
    void withoutAnAnswerTheCallMayHaveHappened() {
        assertThat(AwsFailure.of("Service", SdkClientException.create("connection reset"))
                        .kind())
                .isEqualTo(Kind.TRANSIENT);
        assertThat(AwsFailure.of(
                                "Service",
                                AwsServiceException.builder().statusCode(502).build())
                        .kind())
                .isEqualTo(Kind.TRANSIENT);
        assertThat(AwsFailure.of("Service", new IllegalStateException("a defect"))
                        .kind())
                .isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void onlyFourKindsNeedTheUser() {
        var kinds = Set.of(Kind.values()).stream()
                .filter(kind -> new AwsFailure(kind, "", "", "", "").needsUser())
                .collect(Collectors.toSet());
        assertThat(kinds).containsExactlyInAnyOrder(Kind.DENIED, Kind.QUOTA, Kind.INVALID, Kind.WITHOUT_EFFECT);
    }

    @Test
    void peopleReadServiceCodeMessageAndRequest() {
        assertThat(failure(400, "DependencyViolation", "in use"))
                .hasToString("Service DependencyViolation: in use (request r-1)");
    }
}
