package africa.mycandidate.operator.sim;

/** What ECS asks of CloudWatch Logs. */
interface LogGroups {
    boolean exists(String name);
}
