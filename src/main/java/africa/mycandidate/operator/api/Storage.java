package africa.mycandidate.operator.api;

/** An S3 bucket; there is nothing to set about it. */
@Block
public record Storage() {}
