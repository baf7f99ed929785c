package africa.mycandidate.operator.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What goes wrong in this AWS while a test lets it. Nothing here is what a caller does wrong. */
public final class Incidents {
    private final SimAws aws;
    private final Set<String> lostZones = new HashSet<>();
    Optional<String> newDatabases = Optional.empty();
    boolean databasesFull;
    boolean tasksFull;
    boolean registryDown;
    boolean applicationBroken;
    boolean certificatesHeld;
    boolean changesTakenBack;

    Incidents(SimAws aws) {
        this.aws = aws;
    }

    private void now(Runnable action) {
        aws.world.call(() -> {
            action.run();
            return null;
        });
    }

    /** Kinds of quota, with the usual number. */
    public enum Quota {
        VPCS,
        INTERNET_GATEWAYS,
        ADDRESSES,
        NAT_GATEWAYS
    }

    public void quota(Quota of, int most) {
        now(() -> {
            switch (of) {
                case VPCS -> aws.ec2.vpcs.limit = most;
                case INTERNET_GATEWAYS -> aws.ec2.internetGateways.limit = most;
                case ADDRESSES -> aws.ec2.addresses.limit = most;
                case NAT_GATEWAYS -> aws.ec2.natGateways.limit = most;
            }
        });
    }

    /** Every new gateway is accepted, and fails with this code: {@code InternalError}, {@code InsufficientFreeAddressesInSubnet}. Empty: no more. */
    public void natGatewaysFail(Optional<String> code) {
        now(() -> aws.ec2.natGateways.failing = code);
    }

    /** No database of any class is to be had (RDS API Reference, InsufficientDBInstanceCapacity). */
    public void databasesFull(boolean full) {
        now(() -> databasesFull = full);
    }

    /** Databases that are being made end in this status: {@code failed}, {@code incompatible-network}. Empty: no more. */
    public void newDatabasesFail(Optional<String> status) {
        now(() -> newDatabases = status);
    }

    /** Somebody deletes the databases that never came to be. */
    public void deleteFailedDatabases() {
        now(aws.rds::deleteFailed);
    }

    /** Every database that is available, or becomes so, has this status in its place. Empty: no more. */
    public void databases(Optional<String> status) {
        now(() -> aws.rds.tended(status));
    }

    /** RDS brings a new minor version in, where one is out and the instance takes it by itself. */
    public void upgradeMinors() {
        now(aws.rds::upgradeMinors);
    }

    /** RDS grows the storage of every database by a tenth, as it does where that is allowed. */
    public void growStorages() {
        now(aws.rds::growStorages);
    }

    /** Every cache that is available, or becomes so, has this status in its place. Empty: no more. */
    public void caches(Optional<String> status) {
        now(() -> aws.elastiCache.tended(status));
    }

    /** What RDS and ElastiCache accept, they take back at its end: the pending value goes, and nothing has changed. */
    public void takeChangesBack(boolean back) {
        now(() -> changesTakenBack = back);
    }

    /** ACM sees no validation record. */
    public void holdCertificates(boolean held) {
        now(() -> {
            certificatesHeld = held;
            if (!held) aws.acm.recordsChanged();
        });
    }

    /** Fargate has no room for another task. */
    public void tasksFull(boolean full) {
        now(() -> tasksFull = full);
    }

    /** No image can be pulled. */
    public void registryDown(boolean down) {
        now(() -> registryDown = down);
    }

    /** An application that starts from now on ends right after, whatever its image. */
    public void breakApplication(boolean broken) {
        now(() -> applicationBroken = broken);
    }

    /** The tasks of the zone die, and no other is placed there. */
    public void loseZone(String zone) {
        now(() -> {
            lostZones.add(zone);
            for (var task : List.copyOf(aws.ecs.tasks.alive()))
                if (isLost(task.launch().subnet())) task.die();
        });
    }

    public void returnZone(String zone) {
        now(() -> lostZones.remove(zone));
    }

    /** The zones of this region. */
    public List<String> zones() {
        return aws.ec2.zones.names();
    }

    boolean isLost(String subnet) {
        return aws.ec2
                .subnet(subnet)
                .filter(one -> lostZones.contains(one.zone()))
                .isPresent();
    }
}
