package africa.mycandidate.operator.campaign;

import java.time.Duration;

/**
 * The creation of a stack, recorded: other chapters begin where it ends.
 *
 * @param serving the moment at which the stack is in service
 */
record Creation(Recording recording, Recording.Moment serving) {
    /** The chances of AWS in every world that begins with it. */
    static final long SEED = 31;

    static Creation lived() {
        var recording = new Recording();
        var run = new CrashRun(Chapter.all().getFirst(), recording);
        run.begin(null);
        run.finish();
        run.simulation.run(Duration.ofMinutes(20));
        return new Creation(recording, recording.now(run.simulation));
    }
}
