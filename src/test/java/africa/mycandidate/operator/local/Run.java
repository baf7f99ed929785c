package africa.mycandidate.operator.local;

import java.time.Duration;

/** {@code make run}: everything in one terminal, until Ctrl-C. */
public final class Run {
    private Run() {}

    public static void main(String[] arguments) throws Exception {
        try (var site = new Site()) {
            site.apply("samples/minimal.yaml");
            var took = site.await("Ready", Duration.ofMinutes(5), now -> Site.is(now, "Ready"));
            Site.say("Ready after " + took.toSeconds() + " s. Change or delete the resource from the other terminal; Ctrl-C ends everything.");
            site.await("the end", Duration.ofDays(365), now -> now == null);
            Site.say("Deleted: AWS is empty again. Ctrl-C ends everything.");
            Thread.currentThread().join();
        } catch (Exception e) {
            Site.say("It did not work: " + e.getMessage());
            System.exit(1);
        }
    }
}
