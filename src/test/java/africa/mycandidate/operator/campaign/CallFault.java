package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.aws.Port;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the operator's calls meet: AWS goes on as it was, and does not answer as it should. */
public sealed interface CallFault extends Fault {
    List<Function<Random, Fault>> KINDS = List.of(
            random -> new Throttling(Span.draw(random), 2 + random.nextInt(30)),
            random -> new Throttled(Span.draw(random), share(random)),
            random -> new ServerErrors(Span.draw(random), share(random)),
            random -> new LostAnswers(Span.draw(random), share(random)),
            random -> new Timeouts(Span.draw(random), share(random)),
            random -> new ServiceDown(Span.draw(random), AwsService.draw(random)),
            random -> new AccessDenied(Span.draw(random), AwsService.draw(random), random.nextBoolean()),
            random -> new ExpiredCredentials(Span.draw(random)),
            random -> new ClockSkew(Span.draw(random)));

    private static double share(Random random) {
        return (5 + random.nextInt(60)) / 100.0;
    }

    private static String percent(double share) {
        return Math.round(share * 100) + "%";
    }

    /** What every call to AWS meets while it lasts. */
    Port disturbed(InstantSource clock, Random random);

    @Override
    default boolean needsUser() {
        return false;
    }

    @Override
    default Port port(InstantSource clock, Random random) {
        var beginning = clock.instant();
        var disturbed = disturbed(clock, random);
        return (effect, call) -> AwsService.isAws(effect) && span().holds(beginning, clock.instant())
                ? disturbed.pass(effect, call)
                : call.run();
    }

    /** One bucket of tokens for each service, of which others leave the operator the given part of what AWS allows. */
    record Throttling(Span span, int part) implements CallFault {
        private record Bucket(double tokens, Instant at) {}

        @Override
        public String what() {
            return "others leave 1 in " + part + " of the calls that each service takes";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            var buckets = new EnumMap<AwsService, Bucket>(AwsService.class);
            return (effect, call) -> {
                var service = AwsService.of(effect);
                var now = clock.instant();
                var most = Math.max(1, service.burst / part);
                var bucket = buckets.getOrDefault(service, new Bucket(most, now));
                var refilled = Duration.between(bucket.at(), now).toMillis() / 1000.0 * service.perSecond / part;
                var tokens = Math.min(most, bucket.tokens() + refilled);
                buckets.put(service, new Bucket(tokens < 1 ? tokens : tokens - 1, now));
                if (tokens < 1) throw service.throttled();
                return call.run();
            };
        }
    }

    /** A part of all calls is throttled, whatever the operator does: others use up the account's rate. */
    record Throttled(Span span, double share) implements CallFault {
        @Override
        public String what() {
            return "AWS throttles " + percent(share) + " of all calls";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                if (random.nextDouble() < share) throw AwsService.of(effect).throttled();
                return call.run();
            };
        }
    }

    record ServerErrors(Span span, double share) implements CallFault {
        @Override
        public String what() {
            return percent(share) + " of all calls fail with a 5xx";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                if (random.nextDouble() < share) throw AwsService.of(effect).faulty(random.nextBoolean());
                return call.run();
            };
        }
    }

    /** The worst of them: the effect happened. */
    record LostAnswers(Span span, double share) implements CallFault {
        @Override
        public String what() {
            return percent(share) + " of all answers are lost after the effect";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                var answer = call.run();
                if (random.nextDouble() < share) throw lost();
                return answer;
            };
        }
    }

    /** Every change happens, and no answer says so; looking goes on as ever, so that what AWS does not show yet is tried again at once. Drawn by no seed. */
    record UnansweredChanges(Span span) implements CallFault {
        @Override
        public String what() {
            return "the answers to all changes are lost after the effect";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                var answer = call.run();
                if (effect.mutating()) throw lost();
                return answer;
            };
        }
    }

    record Timeouts(Span span, double share) implements CallFault {
        @Override
        public String what() {
            return percent(share) + " of all calls time out without an effect";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                if (random.nextDouble() < share) throw timeout();
                return call.run();
            };
        }
    }

    private static SdkClientException lost() {
        return SdkClientException.create("Unable to execute HTTP request: Read timed out");
    }

    private static SdkClientException timeout() {
        return SdkClientException.create("Unable to execute HTTP request: Connect timed out");
    }

    record ServiceDown(Span span, AwsService service) implements CallFault {
        @Override
        public String what() {
            return service.title + " answers nothing";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                if (service.hit(effect)) throw timeout();
                return call.run();
            };
        }
    }

    /** @param readsToo whether looking is denied too */
    record AccessDenied(Span span, AwsService service, boolean readsToo) implements CallFault {
        @Override
        public String what() {
            return "the operator may not " + (readsToo ? "call " : "change anything in ") + service.title;
        }

        @Override
        public boolean needsUser() {
            return true;
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                if (service.hit(effect) && (readsToo || effect.mutating())) throw service.denied(effect);
                return call.run();
            };
        }
    }

    /** The SDK fetches new ones by itself; that may fail for a while. */
    record ExpiredCredentials(Span span) implements CallFault {
        @Override
        public String what() {
            return "the operator's credentials have expired";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                throw AwsService.of(effect).expired();
            };
        }
    }

    /** The clock of the operator's node is wrong. The SDK corrects it from AWS's answers, once it has one. */
    record ClockSkew(Span span) implements CallFault {
        @Override
        public String what() {
            return "the clock of the operator's node is a quarter of an hour slow";
        }

        @Override
        public Port disturbed(InstantSource clock, Random random) {
            return (effect, call) -> {
                throw AwsService.of(effect).skewed();
            };
        }
    }
}
