package africa.mycandidate.operator.reconcile;

import africa.mycandidate.operator.api.DnsRecordToAdd;
import africa.mycandidate.operator.api.Domain;
import africa.mycandidate.operator.model.Phase;
import africa.mycandidate.operator.model.Snapshot;
import africa.mycandidate.operator.resource.Certificate;
import africa.mycandidate.operator.resource.LoadBalancer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The records that the user has to add where the operator has no zone to write to. Whether they are there, ACM says: the operator asks no name server. */
final class RecordsToAdd {
    private static final String WHY_VALIDATED = "ACM validates the certificate by it; keep it, renewals need it";
    private static final String WHY = "voters reach the load balancer by it";
    /** A CNAME bears no other record beside it, and a zone's own name has its SOA and NS (RFC 1034, section 3.6.2). */
    private static final String WHY_BARE = WHY
            + "; a zone's own name takes no CNAME: if this is one, make it an ALIAS or ANAME record (also called CNAME flattening) to the same value, or keep the zone in Route 53";

    private RecordsToAdd() {}

    static List<DnsRecordToAdd> of(Domain domain, Snapshot seen) {
        if (domain.hostedZoneId() != null) return List.of();
        var names = new LinkedHashSet<String>();
        names.add(domain.name());
        if (domain.alternativeNames() != null) names.addAll(domain.alternativeNames());
        var records = new ArrayList<DnsRecordToAdd>();
        for (var name : names) validation(name, seen).ifPresent(records::add);
        var target = seen.ours(LoadBalancer.class).stream()
                .filter(one -> one.phase() != Phase.GONE)
                .findFirst()
                .map(one -> one.outputs().get("dnsName"));
        target.ifPresent(to -> names.forEach(name -> records.add(leading(name, to))));
        return List.copyOf(records);
    }

    /** ACM asks for the same record for a name in each certificate of the account (ACM user guide, "DNS validation"), so that any of ours tells it. */
    private static Optional<DnsRecordToAdd> validation(String name, Snapshot seen) {
        for (var one : seen.ours(Certificate.class)) {
            var domain = one.actual().domain();
            var of = one.outputs().get(Certificate.validationName(name, domain));
            var value = one.outputs().get(Certificate.validationValue(name, domain));
            if (of != null && value != null) return Optional.of(new DnsRecordToAdd(of, "CNAME", value, WHY_VALIDATED));
        }
        return Optional.empty();
    }

    /** A name of two labels is the own one of its zone. Of one with more, nobody knows here. */
    private static DnsRecordToAdd leading(String name, String target) {
        var bare = name.indexOf('.') == name.lastIndexOf('.');
        return new DnsRecordToAdd(name, bare ? "ALIAS" : "CNAME", target, name.startsWith("www.") ? WHY : WHY_BARE);
    }
}
