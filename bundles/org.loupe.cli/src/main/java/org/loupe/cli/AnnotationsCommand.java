package org.loupe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.core.annotation.AnnotationText;
import org.loupe.core.annotation.AnnotationText.Read;
import org.loupe.core.annotation.Annotations;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Known;
import org.loupe.core.annotation.Known.Hit;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.store.StoreException;
import org.loupe.store.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells, searches, exports and imports what is written about a network's units. */
@Command(name = "annotations", customSynopsis = "loupe annotations [<options>] [<network>]",
        description = "Tells, searches, exports and imports labels, families and notes.")
final class AnnotationsCommand implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;

    @Parameters(index = "0", arity = "0..1", paramLabel = "<network>", hideParamSyntax = true,
            description = "Name of a network or a network file. Standard: " + Laboratories.STANDARD_NETWORK + ".")
    private String name = "";

    @Option(names = "--search", paramLabel = "<words>",
            description = "Print the units about which all of these words are written, also in published families.")
    private String search;

    @Option(names = "--export", paramLabel = "<file>", description = "Write all that was written to a file.")
    private Path export;

    @Option(names = "--import", paramLabel = "<file>", description = "Take in a file: its labels and notes replace"
            + " those of the same units, its families are joined with those of the same name. What is replaced is printed.")
    private Path taken;

    @Option(names = "--published", description = "Tell, or export, the published sets instead of your own words.")
    private boolean published;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    AnnotationsCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        try (Laboratory laboratory = Annotating.open(shell, settings, taken == null)) {
            Network network = Laboratories.network(laboratory, name);
            if (taken != null) {
                take(laboratory, network);
            }
            Known known = laboratory.annotations().known(network);
            Annotations chosen = published ? together(known) : known.own();
            if (export != null) {
                write(AnnotationText.write(laboratory.hash(network), network.name(), chosen));
            } else if (search != null) {
                shell.out().print(found(known));
            } else if (taken == null) {
                shell.out().print(chosen.isEmpty() ? nothing(network, known)
                        : AnnotationText.write(laboratory.hash(network), network.name(), chosen));
            }
            shell.out().flush();
            return ExitCode.DONE;
        }
    }

    private void take(Laboratory laboratory, Network network) {
        Read read = AnnotationText.read(Annotating.read(taken));
        Annotations now = laboratory.annotations().known(network).own();
        Edit.Several edits;
        try {
            edits = read.taking(network, now);
        } catch (IllegalArgumentException refused) {
            throw new CommandException(ExitCode.FAILED, "Nothing was taken in from " + taken + ". " + refused.getMessage(),
                    refused);
        }
        laboratory.annotations().change(network, edits);
        laboratory.annotations().store();
        if (!read.network().isEmpty() && !read.network().equals(laboratory.hash(network))) {
            Laboratories.notices(shell, settings).accept("The file was written about a network with the same layers, but"
                    + " other weights or another input.");
        }
        for (Edit edit : edits.edits()) {
            shell.out().println(edit.words() + was(edit, now));
        }
        shell.out().println(edits.edits().isEmpty() ? "Everything in " + taken + " was there already."
                : edits.edits().size() + (edits.edits().size() == 1 ? " change." : " changes."));
    }

    private static String was(Edit edit, Annotations now) {
        String before = edit instanceof Edit.Label label ? now.label(label.unit()).orElse("")
                : edit instanceof Edit.Note note ? now.note(note.unit()).orElse("") : "";
        return before.isEmpty() ? "" : "  (was: " + Annotating.printable(before.replace('\n', ' ')) + ")";
    }

    private String found(Known known) {
        List<Hit> hits = known.search(search);
        StringBuilder text = new StringBuilder();
        for (Hit hit : hits) {
            text.append(hit.unit()).append("  ").append(hit.what()).append("  ")
                    .append(Annotating.printable(hit.text().replace('\n', ' ')))
                    .append(hit.where().isEmpty() ? "" : "  (" + hit.where() + ")").append(System.lineSeparator());
        }
        return hits.isEmpty() ? "Nothing is written with “" + search + "”." + System.lineSeparator() : text.toString();
    }

    private static Annotations together(Known known) {
        Annotations all = Annotations.NONE;
        for (Known.Published set : known.published()) {
            Annotations more = set.annotations();
            Annotations joined = Edit.taking(all, more).apply(all);
            all = new Annotations(more.about(), joined.labels(), joined.notes(), joined.families());
        }
        return all;
    }

    private static String nothing(Network network, Known known) {
        long families = known.published().stream().mapToLong(set -> set.annotations().families().size()).sum();
        return "Nothing is written about " + network + " yet. Begin with: loupe label " + network
                + " " + network.layers().get(0).name() + ":0 \"what it sees\"" + System.lineSeparator()
                + (families == 0 ? "" : families + " published families come along; see them with --published."
                + System.lineSeparator());
    }

    private void write(String text) {
        Path file = export.toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
            shell.out().println(export);
        } catch (IOException problem) {
            throw new StoreException("Could not write " + export, problem);
        }
    }
}
