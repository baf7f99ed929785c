package africa.mycandidate.operator.sim;

/** What the load balancer asks of ACM. */
interface Certificates {
    boolean issued(String arn);

    /** Whether ACM has such a certificate in any state. */
    boolean known(String arn);

    /** A listener uses it: it cannot be deleted. */
    void use(String arn, String by);

    void release(String arn, String by);
}
