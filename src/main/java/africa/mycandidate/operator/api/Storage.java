package africa.mycandidate.operator.api;

/** An S3 bucket for the application's files and the access logs of load balancer and CDN; there is nothing to set about it. */
@Block
public record Storage() {}
