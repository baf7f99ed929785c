package africa.mycandidate.operator.campaign;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.reconcile.Bench;
import africa.mycandidate.operator.sim.Incidents;
import africa.mycandidate.operator.sim.Incidents.Quota;
import africa.mycandidate.operator.sim.SimAws;
import africa.mycandidate.operator.sim.World;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** What really happens in AWS, whoever calls it. */
public sealed interface CloudFault extends Fault {
    List<Function<Random, Fault>> KINDS = List.of(
            random -> new QuotaUsedUp(Span.draw(random), one(random, Quota.values())),
            random -> new NoDatabaseCapacity(Span.draw(random)),
            random -> new NoTaskCapacity(Span.draw(random)),
            random -> new NatGatewaysFail(
                    Span.draw(random), one(random, "InternalError", "InsufficientFreeAddressesInSubnet")),
            random -> new DatabaseNotMade(
                    Span.draw(random), one(random, "failed", "incompatible-network", "incompatible-parameters")),
            random -> new DatabaseBroken(
                    Span.draw(random),
                    one(random, "incompatible-network", "incompatible-parameters", "incompatible-option-group")),
            random -> new StorageFull(Span.draw(random)),
            random -> new CertificateNotIssued(Span.draw(random)),
            random -> new ImageNotPulled(Span.draw(random)),
            random -> new ApplicationCrashes(Span.draw(random)),
            random -> new DatabaseTended(Span.draw(random), one(random, "backing-up", "maintenance")),
            random -> new MinorUpgrade(Span.draw(random)),
            random -> new CacheTended(Span.draw(random), one(random, "snapshotting", "modifying")),
            random -> new ChangesTakenBack(Span.draw(random)),
            random -> new ZoneLost(Span.draw(random), random.nextInt(2)));

    @SafeVarargs
    private static <T> T one(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** @param on whether it begins, or is over */
    void turn(Incidents incidents, boolean on);

    @Override
    default boolean needsUser() {
        return false;
    }

    @Override
    default void arm(World world, SimAws aws) {
        world.after(span().from(), () -> turn(aws.incidents(), true));
        world.after(span().end(), () -> turn(aws.incidents(), false));
    }

    /** At its end AWS has raised it. */
    record QuotaUsedUp(Span span, Quota quota) implements CloudFault {
        @Override
        public String what() {
            return "the account's quota of " + quota.name().toLowerCase().replace('_', ' ') + " is used up";
        }

        @Override
        public boolean needsUser() {
            return true;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.quota(quota, on ? 0 : 20);
        }
    }

    record NoDatabaseCapacity(Span span) implements CloudFault {
        @Override
        public String what() {
            return "RDS has no room for another database";
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.databasesFull(on);
        }
    }

    record NoTaskCapacity(Span span) implements CloudFault {
        @Override
        public String what() {
            return "Fargate has no room for another task";
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.tasksFull(on);
        }
    }

    record NatGatewaysFail(Span span, String code) implements CloudFault {
        @Override
        public String what() {
            return "every new NAT gateway is accepted and fails with " + code;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.natGatewaysFail(on ? Optional.of(code) : Optional.empty());
        }
    }

    /** At its end somebody deletes what failed: the operator never deletes a database of its own accord. */
    record DatabaseNotMade(Span span, String status) implements CloudFault {
        @Override
        public String what() {
            return "a database that is being made ends as " + status;
        }

        @Override
        public boolean needsUser() {
            return true;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.newDatabasesFail(on ? Optional.of(status) : Optional.empty());
            if (!on) incidents.deleteFailedDatabases();
        }
    }

    /** At its end somebody has mended what it did not agree with. */
    record DatabaseBroken(Span span, String status) implements CloudFault {
        @Override
        public String what() {
            return "the database is " + status;
        }

        @Override
        public boolean needsUser() {
            return true;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.databases(on ? Optional.of(status) : Optional.empty());
        }
    }

    /** At its end RDS grows it. */
    record StorageFull(Span span) implements CloudFault {
        @Override
        public String what() {
            return "the storage of the database is full";
        }

        @Override
        public boolean needsUser() {
            return true;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.databases(on ? Optional.of("storage-full") : Optional.empty());
            if (!on) incidents.growStorages();
        }
    }

    record CertificateNotIssued(Span span) implements CloudFault {
        @Override
        public String what() {
            return "ACM sees no validation record";
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.holdCertificates(on);
        }
    }

    /** At its end the user names another image: a revision that failed is not tried again. */
    record ImageNotPulled(Span span) implements CloudFault {
        @Override
        public String what() {
            return "no image can be pulled";
        }

        @Override
        public boolean needsUser() {
            return true;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.registryDown(on);
        }

        @Override
        public Spec remedied(Spec spec) {
            return rebuilt(spec);
        }
    }

    record ApplicationCrashes(Span span) implements CloudFault {
        @Override
        public String what() {
            return "the application ends right after its start";
        }

        @Override
        public boolean needsUser() {
            return true;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.breakApplication(on);
        }

        @Override
        public Spec remedied(Spec spec) {
            return rebuilt(spec);
        }
    }

    private static Spec rebuilt(Spec spec) {
        return Bench.with(spec, "image", spec.image() + "-rebuilt");
    }

    record DatabaseTended(Span span, String status) implements CloudFault {
        @Override
        public String what() {
            return "RDS looks after the database: " + status;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.databases(on ? Optional.of(status) : Optional.empty());
        }
    }

    record MinorUpgrade(Span span) implements CloudFault {
        @Override
        public String what() {
            return "RDS brings a new minor version in";
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.databases(on ? Optional.of("upgrading") : Optional.empty());
            if (!on) incidents.upgradeMinors();
        }
    }

    record CacheTended(Span span, String status) implements CloudFault {
        @Override
        public String what() {
            return "ElastiCache looks after the cache: " + status;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.caches(on ? Optional.of(status) : Optional.empty());
        }
    }

    record ChangesTakenBack(Span span) implements CloudFault {
        @Override
        public String what() {
            return "RDS and ElastiCache accept changes and take them back";
        }

        @Override
        public boolean needsUser() {
            return true;
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            incidents.takeChangesBack(on);
        }
    }

    /** @param zone by its number */
    record ZoneLost(Span span, int zone) implements CloudFault {
        @Override
        public String what() {
            return "zone " + (char) ('a' + zone) + " is lost";
        }

        @Override
        public void turn(Incidents incidents, boolean on) {
            var lost = incidents.zones().get(zone);
            if (on) incidents.loseZone(lost);
            else incidents.returnZone(lost);
        }
    }
}
