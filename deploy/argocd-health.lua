-- How Argo CD should read a MyCandidateDeployment. Without it, Argo CD shows one as healthy as soon as it is applied.
-- Put it into the ConfigMap argocd-cm under the key
--   resource.customizations.health.deploy.mycandidate.africa_MyCandidateDeployment

local status = obj.status or {}

local function condition(type)
  for _, one in ipairs(status.conditions or {}) do
    if one.type == type then
      return one
    end
  end
  return {}
end

local function health(word, message)
  return { status = word, message = message or "" }
end

-- A status of an older generation says nothing about the spec as it is now.
if status.observedGeneration == nil or status.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", "The operator has not looked at this generation yet.")
end
if obj.spec ~= nil and obj.spec.suspend == true then
  return health("Suspended", "The operator leaves AWS alone until spec.suspend is false.")
end
if condition("Stalled").status == "True" then
  return health("Degraded", condition("Stalled").message)
end
if condition("Ready").status == "True" and obj.metadata.deletionTimestamp == nil then
  return health("Healthy", condition("Ready").message)
end
return health("Progressing", (status.summary or {}).state or condition("Ready").message)
