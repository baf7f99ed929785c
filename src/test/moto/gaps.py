"""What moto 5.2.5 lacks and the tests need. Nothing here accepts a call that moto, or AWS, would refuse."""

from datetime import timedelta

import xmltodict
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend, FakeApplicationAutoscalingPolicy
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ecs.models import EC2ContainerServiceBackend, Task, TaskDefinition
from moto.elasticache import models, responses
from moto.elasticache.exceptions import CacheSubnetGroupNotFound, ElastiCacheException
from moto.elbv2.exceptions import InvalidConfigurationRequest, LoadBalancerNotFoundError
from moto.elbv2.models import FakeLoadBalancer
from moto.elbv2.responses import ELBV2Response
from moto.logs.responses import LogsResponse
from moto.rds.models import DBSubnetGroup, RDSBackend
from moto.s3.responses import S3Response


ahead = timedelta()
"""By how much the clock of the one that calls is ahead: a test that cuts its waiting short still sees that things are made after it asked for them."""


class CacheSubnetGroupInUse(ElastiCacheException):
    """The code and the condition stand in the ElastiCache API reference, DeleteCacheSubnetGroup."""

    code = "CacheSubnetGroupInUse"

    def __init__(self, name: str):
        super().__init__(f"Cache subnet group {name} is currently in use by a cache cluster.")


def delete_cache_subnet_group(response: responses.ElastiCacheResponse) -> ActionResult:
    """moto answers DeleteCacheSubnetGroup with a 500: "has not been implemented"."""
    name = response._get_param("CacheSubnetGroupName")
    backend: models.ElastiCacheBackend = response.elasticache_backend
    if name not in backend.cache_subnet_groups:
        raise CacheSubnetGroupNotFound(name)
    users = [*backend.cache_clusters.values(), *backend.replication_groups.values()]
    if any(user.cache_subnet_group_name == name for user in users):
        raise CacheSubnetGroupInUse(name)
    del backend.cache_subnet_groups[name]
    return EmptyResult()


moto_describe_replication_groups = models.ElastiCacheBackend.describe_replication_groups


def describe_replication_groups(
    backend: models.ElastiCacheBackend, replication_group_id: str | None = None
) -> list[models.ReplicationGroup]:
    """moto leaves a deleted replication group in the state "deleting" for ever. Here it is seen in it once, and is gone afterwards."""
    groups = moto_describe_replication_groups(backend, replication_group_id)
    for group in groups:
        if group.status == "deleting":
            del backend.replication_groups[group.replication_group_id]
    return groups


moto_modify_replication_group = responses.ElastiCacheResponse.modify_replication_group


def modify_replication_group(response: responses.ElastiCacheResponse) -> ActionResult:
    """moto accepts a new AUTH token and leaves the date of its last change, by which alone it is seen that the token is in."""
    answer = moto_modify_replication_group(response)
    if response._get_param("AuthToken"):
        group = response.elasticache_backend.replication_groups[response._get_param("ReplicationGroupId")]
        group.auth_token_last_modified_date = utcnow()
    return answer


moto_set_node_members = models.ReplicationGroup._set_node_members_clusters_disabled


def set_node_members(
    group: models.ReplicationGroup, *, num_cache_clusters: int, replicas_per_node_group: int, **others: object
) -> None:
    """moto makes one member whatever NumCacheClusters says; it counts ReplicasPerNodeGroup only."""
    replicas = replicas_per_node_group or num_cache_clusters - 1
    moto_set_node_members(
        group, num_cache_clusters=num_cache_clusters, replicas_per_node_group=replicas, **others
    )


moto_task_resources = EC2ContainerServiceBackend._calculate_task_resource_requirements


def task_resources(definition: TaskDefinition) -> dict[str, object]:
    """moto adds up the memory of the containers, of which Fargate needs none (ECS API reference, ContainerDefinition, memory)."""
    containers = definition.container_definitions
    definition.container_definitions = [{**one, "memory": one.get("memory") or 0} for one in containers]
    try:
        return moto_task_resources(definition)
    finally:
        definition.container_definitions = containers


moto_task = Task.__init__


def task(made: Task, *asked: object, **named: object) -> None:
    """moto does not say when a task was made."""
    moto_task(made, *asked, **named)
    made.created_at = utcnow() + ahead


moto_modify_db_subnet_group = RDSBackend.modify_db_subnet_group


def modify_db_subnet_group(backend: RDSBackend, subnet_name: str, *changes: object) -> DBSubnetGroup:
    """moto takes the group out to change it, and does not put it back."""
    group = moto_modify_db_subnet_group(backend, subnet_name, *changes)
    backend.subnet_groups[subnet_name] = group
    return group


moto_put_scaling_policy = ApplicationAutoscalingBackend.put_scaling_policy


def put_scaling_policy(
    backend: ApplicationAutoscalingBackend, *asked: object, **named: object
) -> FakeApplicationAutoscalingPolicy:
    """moto gives a policy that is changed another ARN, to which its alarm does not point."""
    before = dict(backend.policies)
    policy = moto_put_scaling_policy(backend, *asked, **named)
    for key, now in backend.policies.items():
        if now is policy and key in before:
            policy.policy_arn = before[key].policy_arn
    return policy


def update_delivery_configuration(response: LogsResponse) -> str:
    """moto cannot change a delivery: "has not been implemented"."""
    delivery = response.logs_backend.get_delivery(response._get_param("id"))
    delivery.record_fields = response._get_param("recordFields") or delivery.record_fields
    delivery.field_delimiter = response._get_param("fieldDelimiter") or delivery.field_delimiter
    delivery.s3_delivery_configuration = response._get_param("s3DeliveryConfiguration") or delivery.s3_delivery_configuration
    return ""


moto_bucket_response_put = S3Response._bucket_response_put


def bucket_response_put(response: S3Response, request: object, bucket_name: str, querystring: dict[str, object]) -> object:
    """moto makes a bucket and leaves out the tags that CreateBucketConfiguration names."""
    answer = moto_bucket_response_put(response, request, bucket_name, querystring)
    if not querystring and response.body:
        configuration = xmltodict.parse(response.body).get("CreateBucketConfiguration") or {}
        tags = (configuration.get("Tags") or {}).get("Tag") or []
        if tags and not response.backend.get_bucket_tagging(bucket_name)["Tags"]:
            tags = tags if isinstance(tags, list) else [tags]
            response.backend.put_bucket_tagging(bucket_name, {tag["Key"]: tag["Value"] for tag in tags})
    return answer


def reserving(response: ELBV2Response) -> FakeLoadBalancer:
    arn = response._get_param("LoadBalancerArn")
    if arn not in response.elbv2_backend.load_balancers:
        raise LoadBalancerNotFoundError()
    return response.elbv2_backend.load_balancers[arn]


def reserved(balancer: FakeLoadBalancer) -> ActionResult:
    units = getattr(balancer, "capacity_units", 0)
    if not units:
        return ActionResult({"DecreaseRequestsRemaining": 2, "CapacityReservationState": []})
    zones = [
        {"AvailabilityZone": subnet.availability_zone, "State": {"Code": "provisioned"}} for subnet in balancer.subnets
    ]
    return ActionResult(
        {
            "LastModifiedTime": balancer.capacity_since,
            "DecreaseRequestsRemaining": 2,
            "MinimumLoadBalancerCapacity": {"CapacityUnits": units},
            "CapacityReservationState": zones,
        }
    )


def describe_capacity_reservation(response: ELBV2Response) -> ActionResult:
    """moto answers the same for every load balancer, reserved or not."""
    return reserved(reserving(response))


def modify_capacity_reservation(response: ELBV2Response) -> ActionResult:
    """moto answers ModifyCapacityReservation with a 500: "has not been implemented". Here all is provisioned at once, as moto's load balancers are."""
    balancer = reserving(response)
    units = (response._get_param("MinimumLoadBalancerCapacity") or {}).get("CapacityUnits", 0)
    if not response._get_bool_param("ResetCapacityReservation") and int(units) < 100:
        raise InvalidConfigurationRequest("The capacity reservation must be at least 100 capacity units")
    balancer.capacity_units = int(units)
    balancer.capacity_since = utcnow()
    return reserved(balancer)


def fill() -> None:
    assert not hasattr(ELBV2Response, "modify_capacity_reservation"), (
        "This moto can reserve load balancer capacity: remove the code that does it in its place."
    )
    ELBV2Response.describe_capacity_reservation = describe_capacity_reservation
    ELBV2Response.modify_capacity_reservation = modify_capacity_reservation
    assert not hasattr(responses.ElastiCacheResponse, "delete_cache_subnet_group"), (
        "This moto can delete a cache subnet group: remove the code that does it in its place."
    )
    responses.ElastiCacheResponse.delete_cache_subnet_group = delete_cache_subnet_group
    responses.ElastiCacheResponse.modify_replication_group = modify_replication_group
    models.ElastiCacheBackend.describe_replication_groups = describe_replication_groups
    models.ReplicationGroup._set_node_members_clusters_disabled = set_node_members
    ApplicationAutoscalingBackend.put_scaling_policy = put_scaling_policy
    Task.__init__ = task
    EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(task_resources)
    RDSBackend.modify_db_subnet_group = modify_db_subnet_group
    S3Response._bucket_response_put = bucket_response_put
    assert not hasattr(LogsResponse, "update_delivery_configuration"), (
        "This moto can change a delivery: remove the code that does it in its place."
    )
    LogsResponse.update_delivery_configuration = update_delivery_configuration
