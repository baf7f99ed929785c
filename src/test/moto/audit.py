"""Reads with boto3 what stands in a moto, and says whether it is what the reference architecture asks for. It knows nothing of the operator but its tags."""

import json
import sys

import boto3

endpoint, region = sys.argv[1:3]
failed = []


def client(name):
    return boto3.client(
        name, endpoint_url=endpoint, region_name=region, aws_access_key_id="moto", aws_secret_access_key="moto"
    )


def check(what, ok, seen=""):
    print(("ok      " if ok else "FAILED  ") + what + ("" if ok else f": {seen}"))
    if not ok:
        failed.append(what)


rds, cache, ec2, elb, ecs = client("rds"), client("elasticache"), client("ec2"), client("elbv2"), client("ecs")
scaling, watch, secrets, iam, logs = (
    client("application-autoscaling"),
    client("cloudwatch"),
    client("secretsmanager"),
    client("iam"),
    client("logs"),
)

[db] = rds.describe_db_instances()["DBInstances"]
check("the database is encrypted", db["StorageEncrypted"])
check("the database is Multi-AZ", db["MultiAZ"])
check("the database is private", not db["PubliclyAccessible"])
check("the database is protected from deletion", db["DeletionProtection"])
check("the database is PostgreSQL 16 on gp3", db["Engine"] == "postgres" and db["EngineVersion"].startswith("16"), db)
check("the database keeps backups for 7 days", db["BackupRetentionPeriod"] == 7, db["BackupRetentionPeriod"])
[group] = [
    one
    for one in rds.describe_db_parameter_groups()["DBParameterGroups"]
    if one["DBParameterGroupName"] == db["DBParameterGroups"][0]["DBParameterGroupName"]
]
parameters = rds.describe_db_parameters(DBParameterGroupName=group["DBParameterGroupName"])["Parameters"]
forced = [one.get("ParameterValue") for one in parameters if one["ParameterName"] == "rds.force_ssl"]
check("the database takes TLS only", forced == ["1"], forced)

[redis] = cache.describe_replication_groups()["ReplicationGroups"]
check("the cache is encrypted at rest", redis["AtRestEncryptionEnabled"])
check("the cache is encrypted in transit", redis["TransitEncryptionEnabled"])
check("the cache asks for a token", redis["AuthTokenEnabled"])

mine = [{"Name": "tag-key", "Values": ["mycandidate.africa/stack"]}]
[vpc] = ec2.describe_vpcs(Filters=mine)["Vpcs"]
for attribute in ("enableDnsSupport", "enableDnsHostnames"):
    answer = ec2.describe_vpc_attribute(VpcId=vpc["VpcId"], Attribute=attribute)
    check(f"the VPC has {attribute}", answer[attribute[0].upper() + attribute[1:]]["Value"])
subnets = ec2.describe_subnets(Filters=mine)["Subnets"]
check("four subnets over two zones", len(subnets) == 4 and len({one["AvailabilityZone"] for one in subnets}) == 2)
check("no subnet gives public addresses", not any(one["MapPublicIpOnLaunch"] for one in subnets))
check("one NAT gateway", len(ec2.describe_nat_gateways(Filter=[{"Name": "state", "Values": ["available"]}])["NatGateways"]) == 1)

groups = {one["GroupId"]: one for one in ec2.describe_security_groups(Filters=mine)["SecurityGroups"]}


def role(identifier):
    tags = {tag["Key"]: tag["Value"] for tag in groups[identifier]["Tags"]}
    return tags["mycandidate.africa/resource"].split("/")[1]


def edges(direction):
    found = set()
    for identifier, one in groups.items():
        for rule in one[direction]:
            ports = (rule.get("FromPort"), rule.get("ToPort"))
            for peer in rule["IpRanges"]:
                found.add((role(identifier), peer["CidrIp"], *ports))
            for peer in rule["UserIdGroupPairs"]:
                found.add((role(identifier), role(peer["GroupId"]), *ports))
    return found


anywhere = "0.0.0.0/0"
check(
    "the way in is load balancer, tasks, then database and cache",
    edges("IpPermissions")
    == {
        ("load-balancer", anywhere, 443, 443),
        ("load-balancer", anywhere, 80, 80),
        ("tasks", "load-balancer", 5000, 5000),
        ("database", "tasks", 5432, 5432),
        ("cache", "tasks", 6379, 6379),
    },
    edges("IpPermissions"),
)
check(
    "the way out is no wider than needed",
    edges("IpPermissionsEgress")
    == {
        ("load-balancer", "tasks", 5000, 5000),
        ("tasks", anywhere, 443, 443),
        ("tasks", "database", 5432, 5432),
        ("tasks", "cache", 6379, 6379),
    },
    edges("IpPermissionsEgress"),
)

[balancer] = elb.describe_load_balancers()["LoadBalancers"]
listeners = {one["Port"]: one for one in elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]}
check("HTTPS with TLS 1.2 at least", listeners[443]["Protocol"] == "HTTPS" and "TLS13" in listeners[443]["SslPolicy"])
check("HTTP is redirected", listeners[80]["DefaultActions"][0]["Type"] == "redirect", listeners[80])
attributes = {
    one["Key"]: one["Value"]
    for one in elb.describe_load_balancer_attributes(LoadBalancerArn=balancer["LoadBalancerArn"])["Attributes"]
}
check("the load balancer is protected from deletion", attributes["deletion_protection.enabled"] == "true")
check("invalid headers are dropped", attributes["routing.http.drop_invalid_header_fields.enabled"] == "true")
[targets] = elb.describe_target_groups()["TargetGroups"]
check("targets are addresses, asked at /", targets["TargetType"] == "ip" and targets["HealthCheckPath"] == "/", targets)

[cluster] = ecs.list_clusters()["clusterArns"]
[service] = ecs.describe_services(cluster=cluster, services=ecs.list_services(cluster=cluster)["serviceArns"])["services"]
network = service["networkConfiguration"]["awsvpcConfiguration"]
check("tasks have no public address", network["assignPublicIp"] == "DISABLED")
if "deploymentConfiguration" in service:
    breaker = service["deploymentConfiguration"].get("deploymentCircuitBreaker", {})
    check("the circuit breaker rolls back", breaker.get("enable") and breaker.get("rollback"), breaker)
else:
    print("unknown the circuit breaker: this moto keeps no deployment configuration")
container = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]["containerDefinitions"][0]
held = {one["name"] for one in container["secrets"]}
check("database, cache and key are secrets", {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"} <= held, held)
values = [secrets.get_secret_value(SecretId=one["ARN"])["SecretString"] for one in secrets.list_secrets()["SecretList"]]
plain = json.dumps(container.get("environment", []))
check("no secret stands in the environment", not any(value in plain for value in values))
check("not root", container.get("user") not in (None, "", "0", "root"), container.get("user"))

[target] = scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
check("2 to 10 tasks", (target["MinCapacity"], target["MaxCapacity"]) == (2, 10), target)
thresholds = sorted(one["Threshold"] for one in watch.describe_alarms()["MetricAlarms"])
check("alarms at 30% and 70% CPU", thresholds == [30.0, 70.0], thresholds)
[group] = logs.describe_log_groups()["logGroups"]
check("logs are kept for 30 days", group["retentionInDays"] == 30)
for one in iam.list_roles()["Roles"]:
    if not one["RoleName"].startswith("mcd-"):
        continue
    for name in iam.list_role_policies(RoleName=one["RoleName"])["PolicyNames"]:
        document = iam.get_role_policy(RoleName=one["RoleName"], PolicyName=name)["PolicyDocument"]
        wide = [s for s in document["Statement"] if "*" in (s["Action"] if isinstance(s["Action"], list) else [s["Action"]])]
        check(f"{name} of {one['RoleName']} allows no wildcard action", not wide, wide)

print(f"{len(failed)} findings")
sys.exit(1 if failed else 0)
