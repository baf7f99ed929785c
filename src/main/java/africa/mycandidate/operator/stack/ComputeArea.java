package africa.mycandidate.operator.stack;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.model.AtLeast;
import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Facts;
import africa.mycandidate.operator.model.Identity;
import africa.mycandidate.operator.model.Ref;
import africa.mycandidate.operator.model.Resource;
import africa.mycandidate.operator.resource.EcsCluster;
import africa.mycandidate.operator.resource.EcsService;
import africa.mycandidate.operator.resource.LogGroup;
import africa.mycandidate.operator.resource.Role;
import africa.mycandidate.operator.resource.Role.Policy;
import africa.mycandidate.operator.resource.Role.Statement;
import africa.mycandidate.operator.resource.SecretValue;
import africa.mycandidate.operator.resource.TaskDefinition;
import africa.mycandidate.operator.stack.Parts.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What runs: roles, log group, cluster, task definition, service. */
record ComputeArea(Part<EcsCluster> cluster, Part<EcsService> service) {
    private static final String ROLE = "app";
    /** A task that starts has this long until failed health checks count. */
    private static final int GRACE_SECONDS = 90;

    /** account, region and repository of an image in ECR. */
    private static final Pattern ECR =
            Pattern.compile("^(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^:@]+).*$");

    static ComputeArea of(
            Identity identity,
            Spec spec,
            Facts facts,
            NetworkArea network,
            SecretsArea secrets,
            DataArea data,
            StorageArea storage,
            EdgeArea edge,
            Adoption adoption,
            Parts parts) {
        var logs = parts.add(ROLE, new LogGroup(spec.logs().retentionDays()));
        var environmentSecrets = new TreeMap<String, Ref<? extends Resource>>();
        spec.container().secrets().forEach((name, arn) -> environmentSecrets.put(name, Ref.of(arn)));
        environmentSecrets.put("DATABASE_URL", data.databaseUrl().output("valueFrom"));
        environmentSecrets.put("REDIS_URL", data.redisUrl().output("valueFrom"));
        environmentSecrets.put("SECRET_KEY", secrets.secretKey().output("valueFrom"));
        var trust = new Policy(
                Set.of(new Statement("Allow", "ecs-tasks.amazonaws.com", Set.of("sts:AssumeRole"), Set.of(), "")));
        var path = "/mycandidate/" + identity.hash() + "/";
        var execution = parts.add(
                "execution",
                new Role(
                        path,
                        "Starts the tasks: reads their secrets, writes their logs",
                        trust,
                        executionPolicies(identity, spec, facts, adoption),
                        Set.of()));
        var task = parts.add(
                "task", new Role(path, storage.taskRoleDescription(), trust, storage.taskRolePolicies(), Set.of()));
        var name = identity.physical(
                ROLE, EcsCluster.class.getAnnotation(AwsType.class).nameLength(), "");
        var readOnly = spec.container().readOnlyRootFilesystem();
        var definition = parts.add(
                ROLE,
                new TaskDefinition(
                        name,
                        spec.image(),
                        spec.container().cpu(),
                        spec.container().memory(),
                        spec.container().port(),
                        spec.container().user(),
                        readOnly,
                        readOnly,
                        environment(spec, storage),
                        environmentSecrets,
                        spec.imagePullSecretArn() == null ? "" : spec.imagePullSecretArn(),
                        execution.output("readyArn"),
                        storage.isThere() ? task.output("readyArn") : task.arn(),
                        logs.name(),
                        facts.region(),
                        null));
        var cluster = parts.add(ROLE, new EcsCluster("enabled"));
        var once = new Once(name, spec, network, cluster);
        var serving = spec.release() == null ? definition.arn() : once.release(definition, parts);
        var service = parts.add(ROLE, service(name, spec, network, edge, cluster, serving));
        once.jobs(service, parts);
        return new ComputeArea(cluster, service);
    }

    private static EcsService service(
            String name,
            Spec spec,
            NetworkArea network,
            EdgeArea edge,
            Part<EcsCluster> cluster,
            Ref<TaskDefinition> serving) {
        return new EcsService(
                name,
                cluster.name(),
                serving,
                new AtLeast(spec.scaling().minTasks()),
                network.outbound(),
                Set.of(network.tasks().id()),
                false,
                Set.of(edge.targets().output("attachedArn")),
                spec.container().port(),
                GRACE_SECONDS,
                100,
                200,
                true,
                true,
                true);
    }

    private static Map<String, String> environment(Spec spec, StorageArea storage) {
        var environment = new TreeMap<String, String>();
        // The volume at /tmp belongs to root unless the image says otherwise; /dev/shm is writable for every user, and
        // gunicorn and Python follow TMPDIR.
        if (spec.container().readOnlyRootFilesystem()) environment.put("TMPDIR", "/dev/shm");
        environment.put("FLASK_ENV", "production");
        environment.putAll(spec.container().environment());
        environment.putAll(storage.environment());
        environment.put("SITE_URL", "https://" + spec.domain().name());
        return environment;
    }

    private static Map<String, Policy> executionPolicies(Identity identity, Spec spec, Facts facts, Adoption adoption) {
        var arn = "arn:" + facts.partition() + ":";
        var here = facts.region() + ":" + facts.account() + ":";
        var secretLength = SecretValue.class.getAnnotation(AwsType.class).nameLength();
        var readable = new HashSet<Ref<? extends Resource>>();
        for (var role : Set.of("database-url", "redis-url", "flask-key")) {
            if (adoption.names(SecretValue.class, role)) {
                readable.add(Ref.of(adoption.id(SecretValue.class, role)));
                continue;
            }
            // The six characters that Secrets Manager appends are not known before the secret exists; its documentation
            // gives this pattern.
            readable.add(Ref.of(arn + "secretsmanager:" + here + "secret:" + identity.physical(role, secretLength, "")
                    + "-??????"));
        }
        spec.container().secrets().values().forEach(secret -> readable.add(Ref.of(secretArn(secret))));
        if (spec.imagePullSecretArn() != null) readable.add(Ref.of(spec.imagePullSecretArn()));
        var logGroup = identity.physical(
                ROLE, LogGroup.class.getAnnotation(AwsType.class).nameLength(), "");
        var policies = new HashMap<String, Policy>();
        policies.put("secrets", allow(Set.of("secretsmanager:GetSecretValue"), readable));
        policies.put(
                "logs",
                allow(
                        Set.of("logs:CreateLogStream", "logs:PutLogEvents"),
                        Set.of(Ref.of(arn + "logs:" + here + "log-group:" + logGroup + ":*"))));
        var ecr = ECR.matcher(spec.image());
        if (ecr.matches()) {
            var repository = Ref.of(arn + "ecr:" + ecr.group(2) + ":" + ecr.group(1) + ":repository/" + ecr.group(3));
            policies.put("image-token", allow(Set.of("ecr:GetAuthorizationToken"), Set.of(Ref.of("*"))));
            policies.put(
                    "image",
                    allow(
                            Set.of(
                                    "ecr:BatchCheckLayerAvailability",
                                    "ecr:GetDownloadUrlForLayer",
                                    "ecr:BatchGetImage"),
                            Set.of(repository)));
        }
        return policies;
    }

    private static Policy allow(Set<String> actions, Set<Ref<? extends Resource>> resources) {
        return new Policy(Set.of(new Statement("Allow", "", actions, resources, "")));
    }

    /** A secret's ARN without the JSON key, stage and version that a task definition may add. */
    private static String secretArn(String valueFrom) {
        var parts = valueFrom.split(":", 8);
        return parts.length < 8 ? valueFrom : valueFrom.substring(0, valueFrom.length() - parts[7].length() - 1);
    }
}
