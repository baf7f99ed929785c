package africa.mycandidate.operator.converge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** One task after the other, on the caller's thread. */
public final class Serial implements Parallel {
    @Override
    public <T> List<T> all(List<Callable<T>> tasks) {
        var results = new ArrayList<T>();
        for (var task : tasks) {
            try {
                results.add(task.call());
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return results;
    }
}
