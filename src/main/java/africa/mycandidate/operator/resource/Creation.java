package africa.mycandidate.operator.resource;

import java.time.Instant;
import java.util.Map;

/**
 * What a create call needs beyond the record.
 *
 * @param name the physical name; empty for a type without one
 * @param token a stable client token of 64 hexadecimal digits: the same for the same resource on the same ground, another one for its successor. Where AWS
 *     takes at most 36 characters, use the first 32.
 * @param tags all tags
 * @param at when it is made, for what AWS itself keeps no time of
 */
public record Creation(String name, String token, Map<String, String> tags, Instant at) {
    public String shortToken() {
        return token.substring(0, 32);
    }
}
