package africa.mycandidate.operator.sim;

import java.util.Map;
import java.util.Optional;

/** The policies of AWS that the stack may attach, with what they allow (AWS managed policy reference). */
final class IamManagedPolicies {
    private static final Map<String, String> DOCUMENTS = Map.of(
            "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", "Action": [
              "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage",
              "logs:CreateLogStream", "logs:PutLogEvents"]}]}
            """,
            "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", "Action": [
              "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:GetRepositoryPolicy",
              "ecr:DescribeRepositories", "ecr:ListImages", "ecr:DescribeImages", "ecr:BatchGetImage", "ecr:GetLifecyclePolicy",
              "ecr:GetLifecyclePolicyPreview", "ecr:ListTagsForResource", "ecr:DescribeImageScanFindings"]}]}
            """);

    private IamManagedPolicies() {}

    static Optional<IamPolicy> of(String arn) {
        return Optional.ofNullable(DOCUMENTS.get(arn)).map(IamPolicy::permissions);
    }
}
