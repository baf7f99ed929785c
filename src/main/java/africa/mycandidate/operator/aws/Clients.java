package africa.mycandidate.operator.aws;

import software.amazon.awssdk.core.SdkClient;

/** The AWS service clients for one account and region. Every effect on AWS goes through a client that came from here. */
public interface Clients {
    /** The client of the given interface; always the same one. */
    <C extends SdkClient> C of(Class<C> service);

    /** Those of {@link #GLOBAL} in the same account: CloudFront and the certificates that it takes are there, whatever region a site is in. */
    Clients global();

    /** CloudFront takes certificates from here alone (CloudFront Developer Guide, "Requirements for using SSL/TLS certificates"). */
    String GLOBAL = "us-east-1";
}
