package africa.mycandidate.operator.resource;

import java.util.Locale;

/**
 * Load balancer capacity units that are reserved (ELB User Guide, "Capacity reservations for your Application Load Balancer").
 *
 * @param units how many AWS was asked for; 0 for no reservation
 */
public record CapacityUnits(int units, State state) {
    /** How far AWS has come. */
    public enum State {
        PROVISIONED,
        PENDING,
        FAILED
    }

    /** So many, and all of them there. */
    public static CapacityUnits of(int units) {
        return new CapacityUnits(units, State.PROVISIONED);
    }

    @Override
    public String toString() {
        return state == State.PROVISIONED
                ? Integer.toString(units)
                : units + " " + state.name().toLowerCase(Locale.ROOT);
    }
}
