package africa.mycandidate.operator.aws;

import java.time.InstantSource;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The AWS that the operator works against, together with the time that passes there. {@code Main} takes the one that {@link java.util.ServiceLoader} finds, and
 * the real AWS where there is none.
 */
public interface Cloud {

    /** Clients for a region, with the ambient credentials. */
    Clients clients(String region);

    /** Clients for a region of the role's account. Each call is signed with what the role's session is at that time. */
    Clients clients(String region, AccountRole role, Supplier<AwsSessionCredentials> session);

    InstantSource clock();

    /** How many seconds pass there in one second here: 1 for the real AWS, 60 for the simulated one of {@code make run}. */
    int pace();
}
