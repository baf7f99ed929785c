package africa.mycandidate.operator.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the API server noted about who asked it for what. */
record AuditLog(Path file) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    /** Every write that a user tried, with what became of it, such as {@code patch events 201}. */
    List<String> writesOf(String user) throws IOException {
        var writes = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            var entry = JSON.readTree(line);
            if (!WRITES.contains(entry.path("verb").asText())) continue;
            if (entry.path("user").path("username").asText().equals(user)) writes.add(words(entry));
        }
        return List.copyOf(writes);
    }

    private static String words(JsonNode entry) {
        var object = entry.path("objectRef");
        var subresource = object.path("subresource").asText();
        return entry.path("verb").asText() + " " + object.path("resource").asText()
                + (subresource.isEmpty() ? "" : "/" + subresource) + " "
                + entry.path("responseStatus").path("code").asInt();
    }
}
