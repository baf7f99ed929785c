package africa.mycandidate.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** {@code deploy/argocd-health.lua}, run as Argo CD runs it: the object is a global, the answer is a table. */
class ArgoHealthTest {
    private static final Map<String, Object> READY = condition("Ready", "True", "serving");
    private static final Map<String, Object> NOT_READY = condition("Ready", "False", "not serving");
    private static final Map<String, Object> RECONCILING = condition("Reconciling", "True", "creating");
    private static final Map<String, Object> STALLED = condition("Stalled", "True", "DbInstance/main: protected");
    private static final Map<String, Object> NOT_STALLED = condition("Stalled", "False", "nothing waits for the user");

    @Test
    void anObjectThatNobodyLookedAtIsProgressing() throws IOException {
        assertThat(health(Map.of("metadata", Map.of("generation", 1), "spec", Map.of())))
                .startsWith("Progressing");
        assertThat(health(object(2, 1, List.of(READY)))).startsWith("Progressing");
    }

    @Test
    void aServingSiteIsHealthy() throws IOException {
        assertThat(health(object(3, 3, List.of(READY, NOT_STALLED)))).isEqualTo("Healthy: serving");
    }

    @Test
    void workInProgressIsToldInTheWordsOfTheState() throws IOException {
        assertThat(health(object(1, 1, List.of(NOT_READY, RECONCILING, NOT_STALLED))))
                .isEqualTo("Progressing: DbInstance main: creating, usually 12 min");
    }

    @Test
    void stalledIsDegradedWhereverTheConditionStands() throws IOException {
        var conditions = new java.util.ArrayList<>(List.of(READY, NOT_READY, STALLED));
        assertThat(health(object(1, 1, conditions))).isEqualTo("Degraded: DbInstance/main: protected");
        Collections.reverse(conditions);
        assertThat(health(object(1, 1, conditions))).isEqualTo("Degraded: DbInstance/main: protected");
    }

    @Test
    void whatIsBeingDeletedIsNotHealthy() throws IOException {
        var deleting = new java.util.HashMap<>(object(4, 4, List.of(READY)));
        deleting.put("metadata", Map.of("generation", 4, "deletionTimestamp", "2026-11-22T20:00:00Z"));
        assertThat(health(deleting)).startsWith("Progressing");
    }

    @Test
    void suspendIsSuspended() throws IOException {
        var suspended = new java.util.HashMap<>(object(1, 1, List.of(READY)));
        suspended.put("spec", Map.of("suspend", true));
        assertThat(health(suspended)).startsWith("Suspended");
    }

    private static Map<String, Object> condition(String type, String status, String message) {
        return Map.of("type", type, "status", status, "message", message);
    }

    private static Map<String, Object> object(int generation, int observed, List<Map<String, Object>> conditions) {
        return Map.of(
                "metadata",
                Map.of("generation", generation),
                "spec",
                Map.of(),
                "status",
                Map.of(
                        "observedGeneration",
                        observed,
                        "conditions",
                        conditions,
                        "summary",
                        Map.of("state", "DbInstance main: creating, usually 12 min")));
    }

    private static String health(Map<String, Object> object) throws IOException {
        var globals = JsePlatform.standardGlobals();
        globals.set("obj", lua(object));
        var answer = globals.load(Files.readString(Path.of("deploy/argocd-health.lua")), "argocd-health.lua")
                .call()
                .checktable();
        return answer.get("status").checkjstring() + ": "
                + answer.get("message").checkjstring();
    }

    private static LuaValue lua(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var table = new LuaTable();
                map.forEach((key, one) -> table.set(lua(key), lua(one)));
                yield table;
            }
            case List<?> list -> {
                var table = new LuaTable();
                for (var i = 0; i < list.size(); i++) table.set(i + 1, lua(list.get(i)));
                yield table;
            }
            case Integer number -> LuaValue.valueOf(number);
            case Boolean flag -> LuaValue.valueOf(flag);
            default -> LuaValue.valueOf(String.valueOf(value));
        };
    }
}
