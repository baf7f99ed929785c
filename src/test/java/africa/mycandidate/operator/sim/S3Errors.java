package africa.mycandidate.operator.sim;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3's errors (S3 API Reference, "Error responses"). */
final class S3Errors {
    private S3Errors() {}

    static S3Exception of(int status, String code, String message) {
        return of(S3Exception.builder(), status, code, message);
    }

    private static S3Exception of(AwsServiceException.Builder builder, int status, String code, String message) {
        return (S3Exception) Errors.of(builder, "S3", code, status, message);
    }

    static S3Exception noBucket() {
        return of(NoSuchBucketException.builder(), 404, "NoSuchBucket", "The specified bucket does not exist");
    }

    static S3Exception taken() {
        return of(
                BucketAlreadyExistsException.builder(),
                409,
                "BucketAlreadyExists",
                "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.");
    }

    static S3Exception owned() {
        return of(
                BucketAlreadyOwnedByYouException.builder(),
                409,
                "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.");
    }

    static S3Exception aborted() {
        return of(
                409,
                "OperationAborted",
                "A conflicting conditional operation is currently in progress against this resource. Please try again.");
    }

    static S3Exception notEmpty() {
        return of(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
    }

    static S3Exception malformed() {
        return of(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }
}
