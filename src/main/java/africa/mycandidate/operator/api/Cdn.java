package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A CloudFront distribution. */
@Block
public record Cdn(
        @Size(max = 20) @JsonPropertyDescription("Path patterns that CloudFront caches. Default [/static/*].")
        List<@Size(max = 255) String> cachedPaths) {}
