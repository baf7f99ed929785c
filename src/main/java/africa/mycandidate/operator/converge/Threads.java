package africa.mycandidate.operator.converge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Each task on a thread of the given executor. */
public record Threads(ExecutorService executor) implements Parallel {
    @Override
    public <T> List<T> all(List<Callable<T>> tasks) {
        var running = new ArrayList<Future<T>>();
        for (var task : tasks) running.add(executor.submit(task));
        var results = new ArrayList<T>();
        RuntimeException first = null;
        for (var one : running) {
            try {
                results.add(one.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) throw error;
                if (first == null)
                    first = e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while AWS was being called", e);
            }
        }
        if (first != null) throw first;
        return results;
    }
}
