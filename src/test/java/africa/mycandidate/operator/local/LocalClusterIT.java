package africa.mycandidate.operator.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LocalClusterIT {

    @Test
    void anApiServerWithItsRulesItsLogAndNothingLeftBehind() throws Exception {
        Path folder;
        try (var cluster = LocalCluster.startAudited()) {
            folder = cluster.kubeconfig().getParent();
            assertThat(commands(folder)).as("etcd and kube-apiserver").hasSize(2);
            rbacIsOn(cluster);
            kubectlWorks(cluster);
            assertThat(Files.readString(cluster.auditLog()))
                    .contains("system:serviceaccount:default:reader")
                    .doesNotContain("a value that no log at metadata level shows");
        }
        assertThat(folder).doesNotExist();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(commands(folder)).isEmpty());
    }

    /** As when another program takes the port between its choice and its use: seen once in CI, where each further attempt then met the first one's etcd. */
    @Test
    void aServerThatEndsWhileItStartsIsStartedAgainWithNothingLeftOfIt() throws Exception {
        var others = ProcessHandle.current().descendants().collect(Collectors.toSet());
        var killer = CompletableFuture.runAsync(() -> await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ProcessHandle.current()
                        .descendants()
                        .filter(process -> !others.contains(process))
                        .filter(process -> process.info().command().orElse("").endsWith("/kube-apiserver"))
                        .findFirst()
                        .filter(ProcessHandle::destroyForcibly)
                        .isPresent()));
        var begun = System.nanoTime();
        try (var cluster = LocalCluster.start()) {
            killer.get();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(100));
            assertThat(commands(cluster.kubeconfig().getParent())).hasSize(2);
            rbacIsOn(cluster);
        }
    }

    @Test
    void theProgramsEndWithAJvmThatWasKilled() throws Exception {
        var jvm = victim();
        var folder = folderIn(jvm);
        assertThat(commands(folder)).hasSize(2);
        jvm.destroyForcibly().waitFor();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(commands(folder)).isEmpty());
    }

    @Test
    void theProgramsAndTheFolderGoWhenTheJvmIsToldToStop() throws Exception {
        var jvm = victim();
        var folder = folderIn(jvm);
        jvm.destroy();
        jvm.waitFor();
        assertThat(folder).doesNotExist();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(commands(folder)).isEmpty());
    }

    /** A program that starts a cluster, says where, and waits to be killed. */
    static final class Victim {
        public static void main(String[] arguments) throws InterruptedException {
            var cluster = LocalCluster.start();
            System.out.println("folder " + cluster.kubeconfig().getParent());
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    private static Process victim() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Victim.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Path folderIn(Process jvm) throws IOException {
        try (var lines = jvm.inputReader()) {
            return lines.lines()
                    .filter(line -> line.startsWith("folder "))
                    .map(line -> Path.of(line.substring("folder ".length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void rbacIsOn(LocalCluster cluster) {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("reader")
                .endMetadata()
                .build();
        cluster.client()
                .serviceAccounts()
                .inNamespace("default")
                .resource(account)
                .create();
        var note = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("note")
                .endMetadata()
                .addToData("text", "a value that no log at metadata level shows")
                .build();
        cluster.client().configMaps().inNamespace("default").resource(note).create();
        try (var reader = LocalCluster.connect(cluster.kubeconfigOf("default", "reader"))) {
            var notes = reader.configMaps().inNamespace("default");
            assertThatThrownBy(() -> notes.withName("note").get())
                    .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                            .isEqualTo(403));
            var role = new RoleBuilder()
                    .withNewMetadata()
                    .withName("reader")
                    .endMetadata()
                    .addNewRule()
                    .withApiGroups("")
                    .withResources("configmaps")
                    .withVerbs("get")
                    .endRule()
                    .build();
            cluster.client()
                    .rbac()
                    .roles()
                    .inNamespace("default")
                    .resource(role)
                    .create();
            var binding = new RoleBindingBuilder()
                    .withNewMetadata()
                    .withName("reader")
                    .endMetadata()
                    .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                    .addNewSubject("", "ServiceAccount", "reader", "default")
                    .build();
            cluster.client()
                    .rbac()
                    .roleBindings()
                    .inNamespace("default")
                    .resource(binding)
                    .create();
            // RBAC reads its rules from a cache.
            await().ignoreExceptions().until(() -> notes.withName("note").get() != null);
            assertThatThrownBy(() -> notes.withName("note").delete()).isInstanceOf(KubernetesClientException.class);
        }
    }

    private static void kubectlWorks(LocalCluster cluster) throws Exception {
        var kubectl = new ProcessBuilder(
                        cluster.kubectl().toString(),
                        "--kubeconfig",
                        cluster.kubeconfig().toString(),
                        "get",
                        "configmap",
                        "note",
                        "-o",
                        "name")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(kubectl.getInputStream().readAllBytes()).strip()).isEqualTo("configmap/note");
        assertThat(kubectl.waitFor()).isZero();
    }

    /** The etcd and kube-apiserver of the cluster in this folder, of which they name files on their command lines. */
    private static List<String> commands(Path folder) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.matches("\\S*/(etcd|kube-apiserver) .*") && line.contains(folder.toString()))
                .toList();
    }
}
