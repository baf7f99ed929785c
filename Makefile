# Everything a developer or an administrator calls. `make help` says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build run demo operator sim bench test verify format crds install deploy undeploy clean java maven

# A JDK of at least this version: JAVA_HOME, then the PATH, then where systems usually keep them.
JDK := 25
JAVA_HOME := $(shell src/test/find-jdk $(JDK))
export JAVA_HOME
JAVA := $(JAVA_HOME)/bin/java
JVM := --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
MVN := mvn -q -B --no-transfer-progress -Dstyle.color=never
# Without them the JDK warns about what Maven's own libraries do.
export MAVEN_OPTS := $(JVM) $(MAVEN_OPTS)
# make run SEED=7 PACE=120: the chances of the simulated AWS, and how many times as fast as the real one it runs.
LOCAL = $(JAVA) $(JVM) $(SEED:%=-Dseed=%) $(PACE:%=-Dpace=%) -cp 'target/mycandidate-operator.jar:target/mycandidate-operator-tests.jar:target/test-lib/*'
KUBECTL ?= kubectl

help: ## prints this list
	@echo 'MyCandidate operator. What make can do:'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

build: target/packaged ## packs the operator; then `deploy/mycandidate plan -f FILE` shows what it would do, and `… cost -f FILE` what that costs, without a cluster

# Nothing asks the local operator for its health, so any free port will do.
run demo: export MYCANDIDATE_HTTP_PORT := $(or $(MYCANDIDATE_HTTP_PORT),0)

run: target/packaged ## starts a local API server, the operator and a simulated AWS, and applies a sample (Ctrl-C ends all of it)
	@exec $(LOCAL) africa.mycandidate.operator.local.Run

demo: target/packaged ## the same, unattended: creates, rolls out, scales, repairs drift and deletes; exits 0 when all of it happened
	@exec $(LOCAL) africa.mycandidate.operator.local.Demo

operator: target/packaged ## starts the operator alone, against the cluster of KUBECONFIG and the AWS credentials of the environment
	@exec $(JAVA) $(JVM) -jar target/mycandidate-operator.jar

sim: target/packaged ## lives many stacks through trouble: make sim SEEDS=500; tells one in full: make sim SEED=7; two crashes in a row: make sim PAIRS=200; elections: make sim ELECTIONS=500
	@exec $(JAVA) -XX:+UseParallelGC $(JVM) $(SEED:%=-Dseed=%) $(SEEDS:%=-Dseeds=%) $(PAIRS:%=-Dpairs=%) $(ELECTIONS:%=-Delections=%) -cp 'target/mycandidate-operator.jar:target/mycandidate-operator-tests.jar:target/test-lib/*' africa.mycandidate.operator.campaign.Campaign

bench: target/packaged ## how voters fare when traffic grows tenfold in a minute, as tables of ratios to the reference settings (a minute; docs/load.md)
	@exec $(JAVA) $(JVM) -cp 'target/mycandidate-operator.jar:target/mycandidate-operator-tests.jar:target/test-lib/*' africa.mycandidate.operator.Benchmarks

test: maven ## runs all tests: units, simulated AWS, real API server, moto, the packaged operator
	@echo 'Building, then testing (the first time fetches the libraries and builds the API server) ...'
	@rm -rf target/surefire-reports target/failsafe-reports
	@$(MVN) verify; result=$$?; src/test/count-tests; exit $$result

verify: maven ## checks formatting, Error Prone, that crds/ is up to date, and that no file names a path of one machine
	@src/test/check-files
	@echo 'Checking the formatting ...'
	@$(MVN) spotless:check
	@echo 'Compiling with Error Prone ...'
	@$(MVN) -Pverify test-compile
	@src/test/check-crds target/verify/classes/crds

format: maven ## formats the Java files
	@$(MVN) spotless:apply

crds: target/packaged ## writes crds/ anew from the Java classes
	@mkdir -p crds && rm -f crds/*.yml
	@for file in target/classes/crds/*-v1.yml; do src/test/crd-columns "$$file" > "crds/$$(basename "$$file")" || exit 1; done
	@echo 'Wrote:' crds/*

install: ## puts the custom resource definition into the cluster that kubectl points to
	@$(KUBECTL) apply --server-side -f crds/

deploy: install ## puts the custom resource definition and the operator into that cluster: make deploy FOLDER=my-kustomization, over deploy/ for your image
	@$(KUBECTL) apply -k $(or $(FOLDER),deploy/)

undeploy: ## takes both out of that cluster again; refuses while there are sites, which only the operator can delete
	@deploy/undeploy $(KUBECTL)

clean: ## removes what was built here (API server and moto in the cache folder stay)
	@rm -rf target

# Packed again only when a source is newer than the last time. A file that went away is seen by its folder's date.
target/packaged: pom.xml $(shell find src/main src/test -newer target/packaged 2>/dev/null || find src/main src/test 2>/dev/null) | maven
	@echo 'Building (the first time fetches the libraries) ...'
	@$(MVN) -DskipTests package
	@touch $@

java:
	@test -n '$(JAVA_HOME)' || { echo 'There is no JDK $(JDK) or newer: install one (for example Eclipse Temurin $(JDK)) or set JAVA_HOME to it.' >&2; exit 1; }

maven: java
	@command -v mvn >/dev/null || { echo 'There is no Maven: install Maven 3.8 or newer and put mvn on the PATH.' >&2; exit 1; }
