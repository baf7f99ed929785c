package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.Creation;
import africa.mycandidate.operator.resource.Deletion;
import africa.mycandidate.operator.resource.Handler;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A handler as it is, to be made wrong in one of its methods. */
class Relay<R extends Resource> implements Handler<R> {
    final Handler<R> inner;

    Relay(Handler<R> inner) {
        this.inner = inner;
    }

    @Override
    public Class<R> type() {
        return inner.type();
    }

    @Override
    public List<Observed<R>> list(String place) {
        return inner.list(place);
    }

    @Override
    public List<Observed<R>> find(String id) {
        return inner.find(id);
    }

    @Override
    public String create(R want, Creation creation) {
        return inner.create(want, creation);
    }

    @Override
    public void update(Observed<R> have, R goal, Set<String> fields) {
        inner.update(have, goal, fields);
    }

    @Override
    public void delete(Observed<R> have, Deletion deletion) {
        inner.delete(have, deletion);
    }

    @Override
    public void tag(Observed<R> have, Map<String, String> set, Set<String> remove) {
        inner.tag(have, set, remove);
    }
}
