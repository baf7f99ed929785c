package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.reconcile.Sabotage;
import africa.mycandidate.operator.reconcile.Simulation;
import java.time.Duration;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.RRType;

/** Others who claim what belongs to the stack. */
record Rivals(Simulation simulation, String zone, Sabotage sabotage) {
    /** Another cluster with the same Git repository: it must see whose stack it is, and do nothing. */
    void twin() {
        if (simulation.databases().isEmpty()) return;
        var twin = new Simulation(simulation, "southafrica", sabotage);
        twin.uids("99999999-2222-3333-4444-55555555555");
        twin.apply(simulation.resource.getSpec());
        twin.run(Duration.ofMinutes(10));
        if (twin.mutations() > 0)
            throw new Violation("a second cluster changed the stack of the first: " + twin.mutating());
    }

    /** Another object with the same domain: the record stays with whom it belongs to, while that one lives and when it goes. */
    void ofTheDomain() {
        var mine = record();
        var rival = new Simulation(simulation, "rival");
        rival.apply(Simulation.spec(zone, "database: {deletionProtection: false}"));
        // As long as a load balancer takes, which the record would point to.
        rival.run(Duration.ofMinutes(8));
        keeps(mine);
        rival.remove(Duration.ofHours(12));
        keeps(mine);
    }

    private void keeps(String mine) {
        if (!mine.isEmpty() && !record().equals(mine))
            throw new Violation("another object took the domain's record: " + mine + ", now " + record());
    }

    /** Where the domain leads; empty for nowhere yet. */
    private String record() {
        return simulation
                .aws
                .of(Route53Client.class)
                .listResourceRecordSets(request -> request.hostedZoneId(zone))
                .resourceRecordSets()
                .stream()
                .filter(set -> set.name().equals(Simulation.DOMAIN + ".") && set.type() == RRType.A)
                .map(Object::toString)
                .findFirst()
                .orElse("");
    }
}
