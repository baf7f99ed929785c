package africa.mycandidate.operator.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.model.*;

/** Dashboards: a name and a body, which comes back as it was put. */
final class SimDashboards {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDEST = 24;
    private static final int PAGE = 1000;

    private final SimAws aws;
    private final Table<Row> rows;

    record Row(String name, String body) {}

    SimDashboards(SimAws aws) {
        this.aws = aws;
        this.rows = aws.partition.dashboards(aws);
    }

    PutDashboardResponse put(PutDashboardRequest r) {
        if (r.dashboardName() == null || !r.dashboardName().matches("[A-Za-z0-9_-]{1,255}"))
            throw invalid("The field DashboardName must match [A-Za-z0-9-_]+");
        JsonNode body;
        try {
            body = JSON.readTree(r.dashboardBody() == null ? "" : r.dashboardBody());
        } catch (JsonProcessingException e) {
            throw invalid("The field DashboardBody must be a valid JSON object");
        }
        if (!body.path("widgets").isArray()) throw invalid("Should have required property 'widgets'");
        for (var widget : body.path("widgets")) checked(widget);
        rows.put(r.dashboardName(), new Row(r.dashboardName(), r.dashboardBody()));
        return PutDashboardResponse.builder().build();
    }

    /** API reference, "Dashboard body structure and syntax". */
    private static void checked(JsonNode widget) {
        var type = widget.path("type").asText();
        if (!type.equals("text") && !type.equals("metric"))
            throw new UnsupportedOperationException("widgets of type " + type);
        var properties = widget.path("properties");
        if (type.equals("text") && properties.path("markdown").asText().isEmpty())
            throw invalid("Should have required property 'markdown'");
        if (type.equals("metric") && properties.path("region").asText().isEmpty())
            throw invalid("Should have required property 'region'");
        if (widget.path("x").asInt() + widget.path("width").asInt() > WIDEST) throw invalid("Should be <= 24");
        for (var line : properties.path("metrics")) {
            var words = new ArrayList<String>();
            line.forEach(one -> {
                if (one.isTextual()) words.add(one.asText());
            });
            if (words.size() < 2 || words.size() % 2 != 0) throw invalid("Invalid metric field type");
        }
    }

    GetDashboardResponse get(GetDashboardRequest r) {
        var row = rows.seen(r.dashboardName()).orElseThrow(() -> missing(r.dashboardName()));
        return GetDashboardResponse.builder()
                .dashboardName(row.name())
                .dashboardArn(arn(row.name()))
                .dashboardBody(row.body())
                .build();
    }

    ListDashboardsResponse list(ListDashboardsRequest r) {
        var found = rows.seen().stream()
                .filter(row -> r.dashboardNamePrefix() == null || row.name().startsWith(r.dashboardNamePrefix()))
                .sorted(Comparator.comparing(Row::name))
                .map(row -> DashboardEntry.builder()
                        .dashboardName(row.name())
                        .dashboardArn(arn(row.name()))
                        .size((long) row.body().length())
                        .build())
                .toList();
        var page = Page.of(found, r.nextToken(), PAGE, PAGE);
        return ListDashboardsResponse.builder()
                .dashboardEntries(page.items())
                .nextToken(page.marker())
                .build();
    }

    DeleteDashboardsResponse delete(DeleteDashboardsRequest r) {
        // One that is not there keeps all of them (API reference, DeleteDashboards).
        for (var name : r.dashboardNames()) if (rows.truth(name).isEmpty()) throw missing(name);
        r.dashboardNames().forEach(rows::remove);
        return DeleteDashboardsResponse.builder().build();
    }

    /** What really exists, by ARN. */
    Map<String, Map<String, String>> existing() {
        var all = new TreeMap<String, Map<String, String>>();
        for (var row : rows.truths()) all.put(arn(row.name()), Map.of());
        return all;
    }

    /** Of the account, whatever the region. */
    private String arn(String name) {
        return "arn:aws:cloudwatch::" + aws.account + ":dashboard/" + name;
    }

    private static AwsServiceException missing(String name) {
        return Errors.of(
                DashboardNotFoundErrorException.builder(),
                "CloudWatch",
                "ResourceNotFound",
                404,
                "Dashboard " + name + " does not exist");
    }

    private static AwsServiceException invalid(String message) {
        return Errors.of(
                DashboardInvalidInputErrorException.builder(),
                "CloudWatch",
                "InvalidParameterInput",
                400,
                "The dashboard body is invalid, there are 1 validation errors: " + message);
    }
}
