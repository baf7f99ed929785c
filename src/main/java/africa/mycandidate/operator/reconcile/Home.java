package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.Spec;
import africa.mycandidate.operator.aws.AccountRole;

/**
 * Where a stack lives.
 *
 * @param role how its account is reached; null where it is the operator's own
 */
record Home(String region, AccountRole role) {

    static Home of(Spec spec) {
        var account = spec.account();
        return new Home(
                spec.region(), account == null ? null : new AccountRole(account.roleArn(), account.externalId()));
    }

    /** What shares a call budget: all that is reached in one account and region, by whatever role. */
    String budget() {
        return region + (role == null ? "" : " of " + role.account());
    }
}
