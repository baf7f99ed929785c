package africa.mycandidate.operator.cost;

import java.math.BigDecimal;

/**
 * A list price.
 *
 * @param item what is paid for and by which unit, such as {@code nat-gateway-hour}
 * @param region the region whose price it is
 * @param unit the same unit in words, such as {@code per hour}
 */
record Price(String region, String item, String unit, BigDecimal usd) {}
