package africa.mycandidate.operator.aws;

/**
 * The role by which the operator reaches an account.
 *
 * @param externalId what the role's trust policy asks for; null where it asks for none. It is part of what a role is here: who does not know it must not be given
 *     the session of somebody who does
 */
public record AccountRole(String arn, String externalId) {

    /** The twelve-digit number of the account that the role is in: {@code arn:<partition>:iam::<account>:role/…}. */
    public String account() {
        return arn.split(":", 6)[4];
    }
}
