package africa.mycandidate.operator.sim;

import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.*;

/** Certificates that somebody adds to a listener beside its default one. */
final class ElbCertificates {
    private final SimAws aws;
    private final SimElb elb;
    private final Table<Set<String>> rows;

    ElbCertificates(SimAws aws, SimElb elb) {
        this.aws = aws;
        this.elb = elb;
        this.rows = new Table<>(aws.world);
    }

    AddListenerCertificatesResponse add(AddListenerCertificatesRequest request) {
        var listener = https(request.listenerArn());
        if (request.certificates().size() != 1) throw ElbErrors.validation("Exactly one certificate must be specified");
        var arn = request.certificates().getFirst().certificateArn();
        ElbListeners.checkIssued(aws.acm, arn);
        var all = new TreeSet<>(of(listener.listenerArn()));
        all.add(arn);
        rows.put(listener.listenerArn(), all);
        aws.acm.use(arn, listener.loadBalancerArn());
        return AddListenerCertificatesResponse.builder()
                .certificates(one -> one.certificateArn(arn).isDefault(false))
                .build();
    }

    DescribeListenerCertificatesResponse describe(DescribeListenerCertificatesRequest request) {
        var listener = elb.listeners.seen(request.listenerArn()).shown();
        var found = new ArrayList<Certificate>();
        for (var one : listener.certificates())
            found.add(one.toBuilder().isDefault(true).build());
        for (var arn : rows.seen(request.listenerArn()).orElse(Set.of()))
            found.add(Certificate.builder().certificateArn(arn).isDefault(false).build());
        return DescribeListenerCertificatesResponse.builder()
                .certificates(found)
                .build();
    }

    RemoveListenerCertificatesResponse remove(RemoveListenerCertificatesRequest request) {
        var listener = https(request.listenerArn());
        var asked =
                request.certificates().stream().map(Certificate::certificateArn).toList();
        if (asked.isEmpty()) throw ElbErrors.validation("A certificate must be specified");
        var left = new TreeSet<>(of(listener.listenerArn()));
        // The default one stays (ELB API Reference, RemoveListenerCertificates).
        if (!left.containsAll(asked))
            throw ElbErrors.notPermitted("The default certificate cannot be removed from a listener");
        asked.forEach(left::remove);
        rows.put(listener.listenerArn(), left);
        asked.forEach(arn -> aws.acm.release(arn, listener.loadBalancerArn()));
        return RemoveListenerCertificatesResponse.builder().build();
    }

    /** Those of a listener, without its default one. */
    Set<String> of(String listener) {
        return rows.truth(listener).orElse(Set.of());
    }

    private Listener https(String arn) {
        var listener = elb.listeners.truth(arn).shown();
        if (listener.protocol() != ProtocolEnum.HTTPS)
            throw ElbErrors.validation("Certificates can be specified for HTTPS listeners only");
        return listener;
    }
}
