package africa.mycandidate.operator.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The session of an assumed role. One serves all clients, regions and stacks of the role, and is renewed before it ends, so that AssumeRole is called about once
 * an hour. A refusal is remembered for a moment: a role that cannot be assumed is not asked for by every call of a pass.
 *
 * <p>As a port it watches the calls that are made with it, and gives a session up that AWS does not take any more.
 */
public final class RoleSession implements Port {
    /** The longest that AWS gives to a caller that is itself an assumed role (IAM User Guide, "Role chaining"). */
    private static final Duration LENGTH = Duration.ofHours(1);

    private static final Duration EARLY = Duration.ofMinutes(5);
    /** A call that is being made must not outlive its session. */
    private static final Duration AT_LAST = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int LONGEST_NAME = 64;

    private final AccountRole role;
    private final String name;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Held held;
    private Refusal refusal;

    private record Held(AwsSessionCredentials credentials, Instant since, Instant ends) {}

    private record Refusal(RuntimeException thrown, Instant at) {}

    /** @param operator which operator it is, as the other account's CloudTrail shows it */
    public RoleSession(AccountRole role, String operator, InstantSource clock) {
        this.role = role;
        this.name = name(operator);
        this.clock = clock;
    }

    /** AWS takes letters, digits and a few signs (STS API Reference, AssumeRole). A pod's name tells most at its end. */
    private static String name(String operator) {
        var text = ("mycandidate-operator@" + operator).replaceAll("[^\\w+=,.@-]", "-");
        return text.length() <= LONGEST_NAME ? text : text.substring(text.length() - LONGEST_NAME);
    }

    /**
     * What calls are to be signed with. Throws what STS throws where the role cannot be assumed.
     *
     * @param sts with the operator's own credentials; a session from any region's endpoint is valid in all regions (IAM User Guide, "Manage AWS STS in an AWS Region")
     */
    public AwsSessionCredentials credentials(StsClient sts) {
        var have = held;
        if (lasts(have, EARLY)) return have.credentials();
        if (!lock.tryLock()) {
            if (lasts(have, AT_LAST)) return have.credentials();
            lock.lock();
        }
        try {
            if (!lasts(held, EARLY)) renew(sts);
            return held.credentials();
        } finally {
            lock.unlock();
        }
    }

    private boolean lasts(Held one, Duration atLeast) {
        return one != null && clock.instant().isBefore(one.ends().minus(atLeast));
    }

    private void renew(StsClient sts) {
        if (refusal == null || !clock.instant().isBefore(refusal.at().plus(PAUSE))) {
            refusal = null;
            try {
                held = assume(sts);
            } catch (RuntimeException e) {
                refusal = new Refusal(e, clock.instant());
            }
        }
        if (refusal != null && !lasts(held, AT_LAST)) throw refusal.thrown();
    }

    /** Its length is counted by the operator's own clock: one that differs from AWS's would make every session seem to have ended, or none. */
    private Held assume(StsClient sts) {
        var now = clock.instant();
        var given = sts.assumeRole(request -> request.roleArn(role.arn())
                        .roleSessionName(name)
                        .externalId(role.externalId())
                        .durationSeconds((int) LENGTH.toSeconds()))
                .credentials();
        return new Held(
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken()),
                now,
                now.plus(LENGTH));
    }

    @Override
    public Object pass(Effect effect, Call call) throws Throwable {
        try {
            return call.run();
        } catch (AwsServiceException e) {
            if (AwsFailure.of(effect.service(), e).ofCredentials()) giveUp();
            throw e;
        }
    }

    /** A session that is only just new is kept: the call that failed was made with the one before. */
    private void giveUp() {
        lock.lock();
        try {
            if (held != null && !clock.instant().isBefore(held.since().plus(PAUSE))) held = null;
        } finally {
            lock.unlock();
        }
    }
}
