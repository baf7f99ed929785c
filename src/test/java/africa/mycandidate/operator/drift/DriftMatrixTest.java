package africa.mycandidate.operator.drift;

import africa.mycandidate.operator.contract.Exceptions;
import africa.mycandidate.operator.reconcile.Bench;
import africa.mycandidate.operator.reconcile.Simulation;
import africa.mycandidate.operator.resource.DbInstance;
import africa.mycandidate.operator.resource.ReplicationGroup;
import africa.mycandidate.operator.resource.ScalableTarget;
import java.time.Duration;
import java.util.List;

/** One change at a time, on the simulated AWS, which can change all of it. */
class DriftMatrixTest extends DriftMatrix {
    @Override
    Bench open() {
        var simulation = new Simulation(73);
        simulation.aws.capacityUnits(1000);
        return simulation;
    }

    @Override
    Exceptions exceptions() {
        return Exceptions.NONE;
    }

    /** ElastiCache shows neither the tags nor the members of a group that it is changing, and RDS not whether a parameter group will ask for a restart. */
    @Override
    boolean isHiddenWhileChanging(Case one) {
        // A registration may be shown two minutes late (terraform-provider-aws, RetryWhenNewResourceNotFound).
        return one.key().type() == ReplicationGroup.class
                || one.key().type() == ScalableTarget.class
                || one.key().type() == DbInstance.class && one.field().equals("parameterGroup");
    }

    @Override
    Duration afterwork() {
        return Duration.ofMinutes(30);
    }

    /** With a CDN the load balancer is locked. */
    @Override
    List<String> more() {
        return List.of("cdn: {}", "jobs: [{name: load, command: [flask, load]}]");
    }

    /** RDS takes no second change of storage for six hours. */
    @Override
    Duration patience() {
        return Duration.ofHours(14);
    }

    @Override
    List<List<Case>> rounds(List<Case> cases) {
        return cases.stream().map(List::of).toList();
    }
}
