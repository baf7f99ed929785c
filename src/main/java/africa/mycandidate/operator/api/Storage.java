package africa.mycandidate.operator.api;

/** An S3 bucket for the application's files and the load balancer's access logs; there is nothing to set about it. */
@Block
public record Storage() {}
