package africa.mycandidate.operator.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The attributes of load balancers, target groups and listeners: each has a default, and an unknown key is refused (Elastic Load Balancing API
 * Reference: LoadBalancerAttribute, TargetGroupAttribute, ListenerAttribute).
 */
enum ElbAttributes {
    LOAD_BALANCER("Load balancer", loadBalancer()),
    TARGET_GROUP("Target group", targetGroup()),
    LISTENER("Listener", listener());

    private static final Map<String, int[]> RANGES = Map.of(
            "idle_timeout.timeout_seconds", new int[] {1, 4000},
            "client_keep_alive.seconds", new int[] {60, 604_800},
            "deregistration_delay.timeout_seconds", new int[] {0, 3600},
            "slow_start.duration_seconds", new int[] {0, 900},
            "stickiness.lb_cookie.duration_seconds", new int[] {1, 604_800},
            "stickiness.app_cookie.duration_seconds", new int[] {1, 604_800});
    private static final Map<String, Set<String>> CHOICES = Map.of(
            "routing.http.desync_mitigation_mode", Set.of("monitor", "defensive", "strictest"),
            "routing.http.xff_header_processing.mode", Set.of("append", "preserve", "remove"),
            "load_balancing.algorithm.type", Set.of("round_robin", "least_outstanding_requests", "weighted_random"),
            "load_balancing.algorithm.anomaly_mitigation", Set.of("on", "off"),
            "stickiness.type", Set.of("lb_cookie", "app_cookie"));

    private final String title;
    private final Map<String, String> defaults;

    ElbAttributes(String title, Map<String, String> defaults) {
        this.title = title;
        this.defaults = defaults;
    }

    Map<String, String> defaults() {
        return defaults;
    }

    /** The attributes after a change; keys that are not in the change stay. */
    Map<String, String> changed(Map<String, String> before, Map<String, String> change) {
        var next = new TreeMap<>(before);
        change.forEach((key, value) -> {
            if (!defaults.containsKey(key))
                throw ElbErrors.validation(title + " attribute key '" + key + "' is not recognized");
            if (!accepts(key, value))
                throw ElbErrors.validation(
                        title + " attribute value '" + value + "' is not valid for the key '" + key + "'");
            next.put(key, value);
        });
        if ("true".equals(next.get("connection_logs.s3.enabled")))
            throw new UnsupportedOperationException("Connection logs of a load balancer are not modelled.");
        return next;
    }

    private boolean accepts(String key, String value) {
        if (value == null) return false;
        var range = RANGES.get(key);
        if (range != null) {
            if (!value.matches("\\d{1,9}")) return false;
            var number = Integer.parseInt(value);
            return number >= range[0] && number <= range[1];
        }
        if (CHOICES.containsKey(key)) return CHOICES.get(key).contains(value);
        var usual = defaults.get(key);
        return !usual.equals("true") && !usual.equals("false") || value.equals("true") || value.equals("false");
    }

    private static Map<String, String> loadBalancer() {
        var defaults = new HashMap<String, String>();
        defaults.put("access_logs.s3.enabled", "false");
        defaults.put("access_logs.s3.bucket", "");
        defaults.put("access_logs.s3.prefix", "");
        defaults.put("connection_logs.s3.enabled", "false");
        defaults.put("connection_logs.s3.bucket", "");
        defaults.put("connection_logs.s3.prefix", "");
        defaults.put("client_keep_alive.seconds", "3600");
        defaults.put("deletion_protection.enabled", "false");
        defaults.put("idle_timeout.timeout_seconds", "60");
        defaults.put("load_balancing.cross_zone.enabled", "true");
        defaults.put("routing.http.desync_mitigation_mode", "defensive");
        defaults.put("routing.http.drop_invalid_header_fields.enabled", "false");
        defaults.put("routing.http.preserve_host_header.enabled", "false");
        defaults.put("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false");
        defaults.put("routing.http.xff_client_port.enabled", "false");
        defaults.put("routing.http.xff_header_processing.mode", "append");
        defaults.put("routing.http2.enabled", "true");
        defaults.put("waf.fail_open.enabled", "false");
        defaults.put("zonal_shift.config.enabled", "false");
        return Map.copyOf(defaults);
    }

    private static Map<String, String> targetGroup() {
        var defaults = new HashMap<String, String>();
        defaults.put("deregistration_delay.timeout_seconds", "300");
        defaults.put("load_balancing.algorithm.type", "round_robin");
        defaults.put("load_balancing.algorithm.anomaly_mitigation", "off");
        defaults.put("load_balancing.cross_zone.enabled", "use_load_balancer_configuration");
        defaults.put("slow_start.duration_seconds", "0");
        defaults.put("stickiness.enabled", "false");
        defaults.put("stickiness.type", "lb_cookie");
        defaults.put("stickiness.lb_cookie.duration_seconds", "86400");
        defaults.put("stickiness.app_cookie.cookie_name", "");
        defaults.put("stickiness.app_cookie.duration_seconds", "86400");
        defaults.put("target_group_health.dns_failover.minimum_healthy_targets.count", "1");
        defaults.put("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off");
        defaults.put("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1");
        defaults.put("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off");
        return Map.copyOf(defaults);
    }

    private static Map<String, String> listener() {
        var defaults = new HashMap<String, String>();
        defaults.put("routing.http.response.server.enabled", "true");
        for (var header : new String[] {
            "strict_transport_security",
            "content_security_policy",
            "x_content_type_options",
            "x_frame_options",
            "access_control_allow_origin",
            "access_control_allow_methods",
            "access_control_allow_headers",
            "access_control_allow_credentials",
            "access_control_expose_headers",
            "access_control_max_age"
        }) defaults.put("routing.http.response." + header + ".header_value", "");
        return Map.copyOf(defaults);
    }
}
