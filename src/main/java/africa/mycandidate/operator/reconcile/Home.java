package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.aws.AccountRole;
import java.util.Optional;

/**
 * Where a stack lives.
 *
 * @param role how its account is reached; null where it is the operator's own
 * @param zoneRole how the account of its hosted zone is reached; null where that is the stack's own
 */
record Home(String region, AccountRole role, AccountRole zoneRole) {
    Home(String region, AccountRole role) {
        this(region, role, null);
    }

    static Home of(Spec spec) {
        var account = spec.account();
        var zoneRole = spec.domain().hostedZoneRoleArn();
        return new Home(
                spec.region(),
                account == null ? null : new AccountRole(account.roleArn(), account.externalId()),
                zoneRole == null ? null : new AccountRole(zoneRole, null));
    }

    /** Where its hosted zone is, if that is another account. */
    Optional<Home> ofZone() {
        return Optional.ofNullable(zoneRole).map(other -> new Home(region, other));
    }

    /** What shares a call budget: all that is reached in one account and region, by whatever role. */
    String budget() {
        return region + (role == null ? "" : " of " + role.account());
    }
}
