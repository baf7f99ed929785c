package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.model.Fields;
import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.plan.Plan;
import africa.mycandidate.operator.plan.Planner;
import africa.mycandidate.operator.plan.Policy;
import africa.mycandidate.operator.plan.Step;
import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.resource.Handler;
import africa.mycandidate.operator.stack.Stack;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;

/** The places at which a mistake is put in. */
final class Mistakes {
    private Mistakes() {}

    /** The call as it was meant, or another. */
    interface Next {
        Object run(AwsRequest request) throws Throwable;
    }

    /** What becomes of a call on its way. */
    interface Tamper {
        Object call(String operation, AwsRequest request, Next next) throws Throwable;
    }

    static Sabotage onTheWire(Tamper tamper) {
        return new Sabotage() {
            @Override
            public Clients wire(Clients clients) {
                return tampered(clients, tamper);
            }
        };
    }

    /** One operation's request is another. */
    static <Q extends AwsRequest> Sabotage asking(Class<Q> type, UnaryOperator<Q> change) {
        return onTheWire((operation, request, next) ->
                next.run(type.isInstance(request) ? change.apply(type.cast(request)) : request));
    }

    /** Answers of one type are read as others. */
    static <A> Sabotage hearing(Class<A> type, UnaryOperator<A> change) {
        return onTheWire((operation, request, next) -> {
            var answer = next.run(request);
            return type.isInstance(answer) ? change.apply(type.cast(answer)) : answer;
        });
    }

    static Clients tampered(Clients clients, Tamper tamper) {
        return new Clients() {
            private final Map<Class<?>, Object> made = new HashMap<>();

            @Override
            public <C extends SdkClient> C of(Class<C> service) {
                return service.cast(made.computeIfAbsent(service, type -> proxy(service, clients.of(service), tamper)));
            }

            @Override
            public Clients global() {
                return tampered(clients.global(), tamper);
            }
        };
    }

    private static Object proxy(Class<?> service, Object target, Tamper tamper) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            var one = arguments != null && arguments.length == 1 ? arguments[0] : null;
            if (one instanceof AwsRequest request && !method.getName().endsWith("Paginator"))
                return tamper.call(method.getName(), request, changed -> {
                    try {
                        return method.invoke(target, changed);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
            return method.isDefault()
                            && (method.getParameterCount() > 0
                                    || !method.getName().matches("serviceName|close|serviceClientConfiguration"))
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : method.invoke(target, arguments);
        };
        return Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, handler);
    }

    /** One type's handler is another. Called anew for each process. */
    static <R extends Resource> Sabotage handling(Class<R> type, UnaryOperator<Handler<R>> wrong) {
        return new Sabotage() {
            @Override
            @SuppressWarnings("unchecked")
            public List<Handler<?>> handlers(List<Handler<?>> all) {
                return all.stream()
                        .<Handler<?>>map(one -> one.type() == type ? wrong.apply((Handler<R>) one) : one)
                        .toList();
            }
        };
    }

    /** Makes a wrong handler of a right one, whatever its type. */
    interface AnyHandler {
        <R extends Resource> Handler<R> of(Handler<R> right);
    }

    static Sabotage handlingAll(AnyHandler wrong) {
        return new Sabotage() {
            @Override
            public List<Handler<?>> handlers(List<Handler<?>> all) {
                return all.stream().<Handler<?>>map(one -> wrong.of(one)).toList();
            }
        };
    }

    /** Something else is wanted. */
    static <R extends Resource> Sabotage wanting(Class<R> type, UnaryOperator<R> change) {
        return wantingStack(stack -> {
            var all = new TreeMap<Key, Resource>(stack.resources());
            all.replaceAll((key, want) -> key.type() == type ? change.apply(type.cast(want)) : want);
            return stack.with(all);
        });
    }

    static Sabotage wantingStack(UnaryOperator<Stack> change) {
        return new Sabotage() {
            @Override
            public Plan plan(Stack stack, Snapshot seen, Policy policy) {
                return Planner.plan(change.apply(stack), seen, policy);
            }
        };
    }

    /** One component of a record is another. */
    static <T> T with(T record, String component, Object value) {
        return Fields.map(record, (one, had) -> one.getName().equals(component) ? value : had);
    }

    /** What is seen of one resource is taken for something else, or for nothing. */
    interface Eye {
        Observed<?> look(Observed<?> one, Stack stack);
    }

    static Sabotage seeing(Eye eye) {
        return new Sabotage() {
            @Override
            public Plan plan(Stack stack, Snapshot seen, Policy policy) {
                return Planner.plan(stack, blurred(seen, stack, eye), policy);
            }
        };
    }

    static Snapshot blurred(Snapshot seen, Stack stack, Eye eye) {
        var readings = new HashMap<>(seen.readings());
        readings.replaceAll((where, reading) -> reading instanceof Snapshot.Reading.Read(var found)
                ? new Snapshot.Reading.Read(found.stream()
                        .map(one -> eye.look(one, stack))
                        .filter(Objects::nonNull)
                        .toList())
                : reading);
        return new Snapshot(seen.stack(), readings, seen.at());
    }

    /** What could not be read counts as empty. */
    static Snapshot believing(Snapshot seen) {
        var readings = new HashMap<>(seen.readings());
        readings.replaceAll((where, reading) ->
                reading instanceof Snapshot.Reading.Unread ? new Snapshot.Reading.Read(List.of()) : reading);
        return new Snapshot(seen.stack(), readings, seen.at());
    }

    /** A step becomes others. */
    interface Revision {
        Stream<Step> revise(Step step, Plan plan, Snapshot seen);
    }

    static Sabotage planning(Revision revision) {
        return new Sabotage() {
            @Override
            public Plan plan(Stack stack, Snapshot seen, Policy policy) {
                return revised(Planner.plan(stack, seen, policy), seen, revision);
            }
        };
    }

    static Plan revised(Plan plan, Snapshot seen, Revision revision) {
        return new Plan(
                plan.steps().stream()
                        .flatMap(step -> revision.revise(step, plan, seen))
                        .toList(),
                plan.complete(),
                plan.matches());
    }

    /** An update of this type goes straight to what is wanted in the end. */
    static Sabotage jumping(Class<? extends Resource> type, String field) {
        return planning((step, plan, seen) -> step instanceof Step.Update update
                        && update.key().type() == type
                        && plan.matches().containsKey(update.key())
                ? Stream.of(new Step.Update(
                        update.key(),
                        update.have(),
                        with(
                                (Resource) update.goal(),
                                field,
                                Fields.of((Record)
                                                plan.matches().get(update.key()).want())
                                        .get(field)),
                        update.changes(),
                        update.setTags(),
                        update.removeTags(),
                        update.because()))
                : Stream.of(step));
    }

    /** What could be changed is deleted, to be made anew. */
    static Sabotage remaking(Class<? extends Resource> type, String field) {
        return planning((step, plan, seen) -> step instanceof Step.Update update
                        && update.key().type() == type
                        && update.fields().contains(field)
                ? Stream.of(new Step.Delete(update.key(), update.have(), "it differs", List.of()))
                : Stream.of(step));
    }
}
