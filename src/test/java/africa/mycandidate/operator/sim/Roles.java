package africa.mycandidate.operator.sim;

/** What the other services ask of IAM. */
interface Roles {
    /** Whether the role exists, has propagated, and trusts the service ({@code ecs-tasks.amazonaws.com}). */
    boolean assumable(String roleArn, String service);

    /** Whether the role's policies, attached and inline, allow the action on the resource. */
    boolean allows(String roleArn, String action, String resourceArn);

    /** Creates a service-linked role as AWS does on the first use of a service. */
    void serviceLinked(String service);
}
