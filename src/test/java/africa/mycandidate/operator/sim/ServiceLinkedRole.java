package africa.mycandidate.operator.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The role that AWS makes for a service on its first use in an account. Sometimes the first calls come before the role has propagated and are refused
 * (TF retries both ECS and Application Auto Scaling, docs/aws-notes.md).
 */
final class ServiceLinkedRole {
    private final SimAws aws;
    private final String service;
    private final Supplier<? extends RuntimeException> refusal;
    private Instant usable;

    /** @param service {@code ecs.amazonaws.com} */
    ServiceLinkedRole(SimAws aws, String service, Supplier<? extends RuntimeException> refusal) {
        this.aws = aws;
        this.service = service;
        this.refusal = refusal;
    }

    /** Throws while the role is too young. */
    void use() {
        if (usable == null) {
            aws.iam.serviceLinked(service);
            var late = aws.world.below(3) == 0;
            usable = late ? aws.world.now().plus(aws.world.draw(Duration.ofSeconds(8))) : aws.world.now();
        }
        if (usable.isAfter(aws.world.now())) throw refusal.get();
    }
}
