package africa.mycandidate.operator.converge;

import java.util.List;
import java.util.concurrent.Callable;

/** How independent work is run: on virtual threads in production, one after the other in simulation. */
@FunctionalInterface
public interface Parallel {
    /** Runs every task and returns their results in order. What a task throws is thrown, after all have ended. */
    <T> List<T> all(List<Callable<T>> tasks);
}
