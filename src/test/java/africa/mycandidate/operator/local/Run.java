package africa.mycandidate.operator.local;

import java.time.Duration;

/** {@code make run}: everything in one terminal, until Ctrl-C. */
public final class Run {
    private Run() {}

    public static void main(String[] arguments) {
        Site.perform(Run::on);
    }

    private static void on(Site site) throws Exception {
        var before = LocalCloud.aws().existing();
        site.apply("samples/minimal.yaml");
        var took = site.await("Ready", Duration.ofHours(5), now -> Site.is(now, "Ready"));
        Site.say("Ready after " + took.toSeconds()
                + " s. Change it or delete it from the other terminal; Ctrl-C ends everything.");
        site.await("the deletion", Duration.ofDays(3650), now -> now == null);
        Site.say("Deleted. " + Leftovers.since(before).check());
        Site.say("Ctrl-C ends everything.");
        Thread.currentThread().join();
    }
}
