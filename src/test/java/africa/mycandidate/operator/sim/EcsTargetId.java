package africa.mycandidate.operator.sim;

/** Identifies a scalable target. Only the desired count of ECS services is modelled. */
record EcsTargetId(String cluster, String service) {
    static EcsTargetId of(String namespace, String resourceId, String dimension) {
        namespace(namespace);
        if (!"ecs:service:DesiredCount".equals(dimension))
            throw SimScaling.invalid("Unsupported service namespace, resource type or scalable dimension");
        var parts = resourceId == null ? new String[0] : resourceId.split("/");
        if (parts.length != 3 || !parts[0].equals("service"))
            throw SimScaling.invalid("Unsupported resource type or malformed resource ID: " + resourceId);
        return new EcsTargetId(parts[1], parts[2]);
    }

    static void namespace(String namespace) {
        if (namespace == null)
            throw SimScaling.invalid("1 validation error detected: Value at 'serviceNamespace' must not be null");
        if (!namespace.equals("ecs")) throw new UnsupportedOperationException("scaling of " + namespace);
    }

    String resourceId() {
        return "service/" + cluster + "/" + service;
    }

    String sentence() {
        return "service namespace: ecs, resource ID: " + resourceId()
                + ", scalable dimension: ecs:service:DesiredCount";
    }
}
