package africa.mycandidate.operator.api;

/** A web application firewall; there is nothing to set about it. */
@Block
public record Waf() {}
