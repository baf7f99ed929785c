package africa.mycandidate.operator.sim;

import java.util.List;

/** A database or a cache to which tasks log in. */
interface Logins {
    enum Login {
        OK,
        NO_SUCH_HOST,
        UNREACHABLE,
        REFUSED
    }

    /**
     * Tries to log in.
     *
     * @param host the host name in the URL
     * @param fromGroups security groups of the task
     * @param user ignored by a cache
     * @param database ignored by a cache
     * @param tls whether the client speaks TLS
     */
    Login login(
            String host, int port, List<String> fromGroups, String user, String password, String database, boolean tls);
}
