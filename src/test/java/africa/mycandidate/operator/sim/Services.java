package africa.mycandidate.operator.sim;

import java.util.OptionalInt;

/** What Application Auto Scaling and CloudWatch ask of ECS. */
interface Services {
    /** The desired count of an active service, or empty. */
    OptionalInt desired(String cluster, String service);

    void scale(String cluster, String service, int desired);
}
