package africa.mycandidate.operator.model;

import java.util.List;

/**
 * What a blueprint must know of the account and region.
 *
 * @param partition {@code aws}, {@code aws-cn} or {@code aws-us-gov}
 * @param account the twelve-digit account id
 * @param zones names of the availability zones that are open to the account, in order
 * @param cdnPrefixList id of the list of the addresses from which CloudFront asks origins; null where AWS has none in the region
 */
public record Facts(String partition, String account, String region, List<String> zones, String cdnPrefixList) {
    /** Where nobody asked for the prefix list. */
    public Facts(String partition, String account, String region, List<String> zones) {
        this(partition, account, region, zones, null);
    }

    public Facts {
        zones = List.copyOf(zones);
    }
}
