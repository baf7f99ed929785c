package africa.mycandidate.operator.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What is to happen in a rehearsal, drawn from its seed. A part can be left out, to see whether it matters.
 *
 * @param silence how long the settled stack is watched in the end
 * @param effects how many the operator may have: a life that needs more has no end
 */
record Script(long seed, List<Scene> scenes, boolean farewell, Duration silence, int effects) {
    private static final Duration A_DAY = Duration.ofHours(24);
    private static final int NO_END = 300_000;

    Script(long seed, List<Scene> scenes, boolean farewell) {
        this(seed, scenes, farewell, A_DAY, NO_END);
    }

    /**
     * @param deed what people do at the beginning
     * @param settled whether all is well first, or the last change may be in full swing
     * @param lasts how long until the next scene
     * @param fault what goes wrong at AWS meanwhile; null for nothing
     * @param crashes how many writes of a hundred go wrong
     * @param staleness of a hundred changes and starts of a process, after how many it sees an older object for a while
     */
    record Scene(Deed deed, boolean settled, Duration lasts, Fault fault, int crashes, int staleness) {
        Scene calm() {
            return new Scene(deed, settled, lasts, null, 0, 0);
        }

        List<Scene> simpler() {
            return Stream.of(
                            new Scene(deed, settled, lasts, null, crashes, staleness),
                            new Scene(deed, settled, lasts, fault, 0, staleness),
                            new Scene(deed, settled, lasts, fault, crashes, 0))
                    .filter(one -> !one.equals(this))
                    .toList();
        }
    }

    static Script draw(long seed) {
        var random = new Random(seed * 7919 + 13);
        var scenes = new ArrayList<Scene>();
        scenes.add(scene(new Deed.Change(Deed.LINES.getFirst()), random));
        var more = 1 + random.nextInt(4);
        for (var i = 0; i < more; i++) scenes.add(scene(Deed.draw(random), random));
        return new Script(seed, List.copyOf(scenes), random.nextInt(3) == 0);
    }

    private static Scene scene(Deed deed, Random random) {
        var fault = random.nextInt(3) == 0 ? Fault.draw(random) : null;
        var crashes = random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(20);
        var staleness = random.nextInt(3) == 0 ? 3 * (1 + random.nextInt(30)) : 0;
        return new Scene(
                deed, random.nextInt(3) > 0, Duration.ofMinutes(1 + random.nextInt(40)), fault, crashes, staleness);
    }

    /** Whether nothing befalls AWS itself. */
    boolean isUndisturbed() {
        return scenes.stream().noneMatch(scene -> scene.fault() instanceof CloudFault);
    }

    /** The same with one thing less, each in turn. */
    List<Script> shorter() {
        var all = new ArrayList<Script>();
        if (farewell) all.add(new Script(seed, scenes, false));
        for (var i = scenes.size() - 1; i >= 0; i--) {
            var index = i;
            if (scenes.size() > 1)
                all.add(new Script(
                        seed,
                        Stream.iterate(0, n -> n + 1)
                                .limit(scenes.size())
                                .filter(n -> n != index)
                                .map(scenes::get)
                                .toList(),
                        farewell));
            for (var simpler : scenes.get(i).simpler()) {
                var changed = new ArrayList<>(scenes);
                changed.set(i, simpler);
                all.add(new Script(seed, List.copyOf(changed), farewell));
            }
        }
        return all;
    }
}
