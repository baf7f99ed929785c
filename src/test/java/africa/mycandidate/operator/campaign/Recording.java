package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Port;
import africa.mycandidate.operator.reconcile.Simulation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;

/**
 * The calls that changed an AWS, with their times: made again in another world of the same seed, they bring it to the same state without an operator. So a life can
 * go on from any of its moments at the price of its writes.
 */
final class Recording {
    private final List<Write> writes = new ArrayList<>();

    /** @param global whether it was made in the region of what is global */
    private record Write(
            Instant at, Class<? extends SdkClient> service, Method method, AwsRequest request, boolean global) {
        void again(Clients clients) {
            try {
                method.invoke((global ? clients.global() : clients).of(service), request);
            } catch (InvocationTargetException e) {
                // What AWS refused then, it refuses again.
                if (!(e.getCause() instanceof AwsServiceException)) throw new IllegalStateException(e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A moment of a life: how much of it was recorded by then, and the object as Kubernetes had it. */
    record Moment(int writes, Instant at, MyCandidateDeployment resource) {
        /** Two moments with the same place are one. */
        Object place() {
            return List.of(writes, at, resource.getMetadata().getResourceVersion());
        }
    }

    Moment now(Simulation simulation) {
        return new Moment(writes.size(), simulation.clock.instant(), copy(simulation.resource));
    }

    private static MyCandidateDeployment copy(MyCandidateDeployment resource) {
        return resource == null ? null : Serialization.clone(resource);
    }

    /**
     * Brings a new world of the same seed to that moment, and lets a new process begin there.
     *
     * @param clients by which the writes are made again: who looks on must know of them
     */
    void restore(Moment moment, Simulation simulation, Clients clients) {
        // The writes are judged by the object that they were made for; at the end of a deletion it is gone.
        if (moment.resource() != null) simulation.resource = copy(moment.resource());
        for (var write : List.copyOf(writes.subList(0, moment.writes()))) {
            advance(simulation, write.at());
            write.again(clients);
        }
        advance(simulation, moment.at());
        simulation.resource = copy(moment.resource());
        simulation.start();
    }

    private static void advance(Simulation simulation, Instant to) {
        var time = Duration.between(simulation.clock.instant(), to);
        if (time.isPositive()) simulation.clock.advance(time);
        simulation.world.settle();
    }

    /** Stands between an operator and its clients. */
    Clients recording(Clients inner, Simulation simulation) {
        return recording(inner, simulation, false);
    }

    private Clients recording(Clients inner, Simulation simulation, boolean global) {
        return new Clients() {
            private final Map<Class<?>, Object> made = new HashMap<>();

            @Override
            public <C extends SdkClient> C of(Class<C> service) {
                return service.cast(
                        made.computeIfAbsent(service, type -> recorder(service, inner, simulation, global)));
            }

            @Override
            public Clients global() {
                return recording(inner.global(), simulation, true);
            }
        };
    }

    private <C extends SdkClient> Object recorder(
            Class<C> service, Clients inner, Simulation simulation, boolean global) {
        var name = service.getSimpleName().replaceFirst("Client$", "");
        var target = inner.of(service);
        return Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    if (arguments != null
                            && arguments.length == 1
                            && arguments[0] instanceof AwsRequest request
                            && Port.Effect.of(name, method.getName()).mutating())
                        writes.add(new Write(simulation.clock.instant(), service, method, request, global));
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
