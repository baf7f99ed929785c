package africa.mycandidate.operator.cli;

import africa.mycandidate.operator.api.MyCandidateDeployment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that a command names, and standard input for {@code -}. */
record Sources(InputStream in, Options options) {
    private record Source(String name, String text) {}

    /** The MyCandidateDeployments in all of them, or what is wrong. */
    Documents read() {
        var resources = new ArrayList<MyCandidateDeployment>();
        var problems = new ArrayList<String>();
        for (var file : options.files()) {
            try {
                for (var source : sources(file)) {
                    var documents = Documents.read(source.name(), source.text(), options.namespace());
                    resources.addAll(documents.resources());
                    problems.addAll(documents.problems());
                }
            } catch (IOException e) {
                problems.add(file + ": " + unreadable(e));
            }
        }
        if (problems.isEmpty() && resources.isEmpty())
            problems.add(Documents.NONE + " in " + String.join(", ", options.files()));
        return new Documents(List.copyOf(resources), List.copyOf(problems));
    }

    private List<Source> sources(String file) throws IOException {
        if (file.equals("-")) return List.of(new Source("standard input", text(in.readAllBytes())));
        var path = Path.of(file);
        if (!Files.isDirectory(path)) return List.of(new Source(file, text(Files.readAllBytes(path))));
        var sources = new ArrayList<Source>();
        try (var inside = Files.list(path)) {
            for (var one : inside.filter(Sources::isYaml).sorted().toList())
                sources.add(new Source(one.toString(), text(Files.readAllBytes(one))));
        }
        return sources;
    }

    private static boolean isYaml(Path file) {
        return file.toString().matches(".*\\.(yaml|yml|json)") && Files.isRegularFile(file);
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static String unreadable(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no such file";
            case CharacterCodingException other -> "this is not UTF-8 text";
            default -> "it cannot be read (" + e.getMessage() + ")";
        };
    }
}
