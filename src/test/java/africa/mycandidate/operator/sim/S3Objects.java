package africa.mycandidate.operator.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** What is in a bucket: versions and delete markers, without their bytes (S3 User Guide, "How S3 Versioning works"). */
final class S3Objects {
    /** Of a page, and of one DeleteObjects. */
    static final int MOST = 1000;

    private static final String UNVERSIONED = "null";

    private final World world;
    private final List<Version> versions = new ArrayList<>();
    private long written;

    private record Version(String key, String id, boolean marker, long sequence) {}

    S3Objects(World world) {
        this.world = world;
    }

    boolean isEmpty() {
        return versions.isEmpty();
    }

    List<String> keys() {
        return versions.stream().map(Version::key).sorted().toList();
    }

    String put(String key, BucketVersioningStatus versioning) {
        return add(key, versioning, false);
    }

    private String add(String key, BucketVersioningStatus versioning, boolean marker) {
        var id = versioning == BucketVersioningStatus.ENABLED ? world.hex(32) : UNVERSIONED;
        if (id.equals(UNVERSIONED)) remove(key, UNVERSIONED);
        versions.add(new Version(key, id, marker, written++));
        return id;
    }

    /** Without a version a marker hides what is there, in a bucket that was ever versioned. What is not there is deleted without a word. */
    void delete(String key, String version, BucketVersioningStatus versioning) {
        if (version != null) remove(key, version);
        else if (versioning == null) remove(key, UNVERSIONED);
        else add(key, versioning, true);
    }

    private void remove(String key, String version) {
        versions.removeIf(one -> one.key().equals(key) && one.id().equals(version));
    }

    /** By key, the newest first. */
    ListObjectVersionsResponse list(ListObjectVersionsRequest request) {
        if (request.keyMarker() != null || request.delimiter() != null)
            throw new UnsupportedOperationException("Further pages of versions are not modelled.");
        var most = request.maxKeys() == null ? MOST : Math.min(request.maxKeys(), MOST);
        var all = versions.stream()
                .filter(one -> request.prefix() == null || one.key().startsWith(request.prefix()))
                .sorted(Comparator.comparing(Version::key)
                        .thenComparing(Comparator.comparing(Version::sequence).reversed()))
                .toList();
        var page = all.subList(0, Math.min(most, all.size()));
        return ListObjectVersionsResponse.builder()
                .versions(page.stream()
                        .filter(one -> !one.marker())
                        .map(one -> ObjectVersion.builder()
                                .key(one.key())
                                .versionId(one.id())
                                .build())
                        .toList())
                .deleteMarkers(page.stream()
                        .filter(Version::marker)
                        .map(one -> DeleteMarkerEntry.builder()
                                .key(one.key())
                                .versionId(one.id())
                                .build())
                        .toList())
                .isTruncated(page.size() < all.size())
                .build();
    }
}
