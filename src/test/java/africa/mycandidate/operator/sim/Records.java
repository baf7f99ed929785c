package africa.mycandidate.operator.sim;

/** What ACM and the tests ask of DNS. */
interface Records {
    /** Whether a record with this name, type and value is in force (INSYNC); names without trailing dot, lower case. */
    boolean resolves(String name, String type, String value);
}
