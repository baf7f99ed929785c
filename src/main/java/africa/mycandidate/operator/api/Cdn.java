package africa.mycandidate.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A CloudFront distribution. */
@Block
@ValidationRule(
        value = "!has(self.cachedPaths) || self.cachedPaths.all(p, "
                + "p.matches('^/[A-Za-z0-9_.*$/~\"@:+&?-]{1,254}$'))",
        message = "write path patterns that begin with a slash, such as /static/*; besides letters and digits they may "
                + "hold _ - . * ? $ / ~ \" @ : + &",
        fieldPath = ".cachedPaths")
@ValidationRule(
        value = "!has(self.cachedPaths) || self.cachedPaths.all(p, !(p in ['/*', '/**', '/?*']))",
        message = "a pattern for all paths would show one visitor's pages to others; write the paths of files that are "
                + "the same for everybody, such as /static/*",
        fieldPath = ".cachedPaths")
@ValidationRule(
        value = "!has(self.cachedPaths) || self.cachedPaths.all(p, self.cachedPaths.exists_one(q, q == p))",
        message = "a path pattern stands in spec.cdn.cachedPaths twice; write each once",
        fieldPath = ".cachedPaths")
public record Cdn(
        @Size(max = 20)
        @JsonPropertyDescription(
                "Path patterns that CloudFront caches, tried in this order; everything else is passed on with its host, "
                        + "cookies and query. Only for files that are the same for everybody. Default [/static/*].")
        List<@Size(max = 255) String> cachedPaths) {}
