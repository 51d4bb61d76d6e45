package org.loupe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Known;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names a unit, writes a note about it, or tells what is written about it. */
@Command(name = "label", customSynopsis = "loupe label [<options>] [<network>] <unit> [<text>]",
        description = "Gives a unit a label, or tells what is written about it.")
final class LabelCommand implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;

    @Parameters(arity = "1..3", paramLabel = "[<network>] <unit> [<text>]", hideParamSyntax = true,
            description = "A network, which may be left out, a unit such as mixed4a:12, and its label. Without a label,"
                    + " what is written about the unit is printed.")
    private List<String> words = List.of();

    @Option(names = "--note", paramLabel = "<text>",
            description = "Write this note about the unit, in place of the one that there is.")
    private String note;

    @Option(names = "--note-file", paramLabel = "<file>", description = "Write what is in this file as the note.")
    private Path noteFile;

    @Option(names = "--remove", description = "Take the label and the note away.")
    private boolean remove;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    LabelCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (note != null && noteFile != null) {
            throw CommandException.usage("The note comes with --note or with --note-file, not with both.");
        }
        try (Laboratory laboratory = Annotating.open(shell, settings, !changes())) {
            int unitAt = words.get(0).contains(":") && !laboratory.isNetwork(words.get(0)) ? 0 : 1;
            if (words.size() <= unitAt || words.size() > unitAt + 2) {
                throw CommandException.usage("Which unit? Write loupe label " + words.get(0)
                        + " layer:channel \"its label\".");
            }
            Network network = Laboratories.network(laboratory, unitAt == 0 ? "" : words.get(0));
            Unit unit = Unit.parse(words.get(unitAt)).at(Unit.EVERYWHERE);
            network.require(unit);
            if (words.size() > unitAt + 1) {
                laboratory.annotations().change(network, new Edit.Label(unit, words.get(unitAt + 1)));
            }
            if (note != null || noteFile != null) {
                laboratory.annotations().change(network, new Edit.Note(unit, note != null ? note : Annotating.read(noteFile)));
            }
            if (remove) {
                laboratory.annotations().change(network, new Edit.Label(unit, ""));
                laboratory.annotations().change(network, new Edit.Note(unit, ""));
            }
            laboratory.annotations().store();
            shell.out().print(text(unit, laboratory.annotations().known(network)));
            shell.out().flush();
            return ExitCode.DONE;
        }
    }

    /** Whether anything is to be written: a text is the second word behind a unit, or the third. */
    private boolean changes() {
        return note != null || noteFile != null || remove || words.size() == 3
                || words.size() == 2 && !words.get(1).matches("[^\\s:]+:\\d+(@.*)?");
    }

    private static String text(Unit unit, Known known) {
        StringBuilder text = new StringBuilder(unit.toString()).append("  ")
                .append(known.label(unit).map(Annotating::printable).orElse("no label")).append(System.lineSeparator());
        known.families(unit).forEach(family -> text.append("family  ").append(Annotating.printable(family.name()))
                .append(family.about().isEmpty() ? "" : "  (" + Annotating.printable(family.about()) + ")")
                .append(System.lineSeparator()));
        known.own().note(unit).ifPresent(written -> text.append("note    ")
                .append(written.lines().map(Annotating::printable).reduce((one, next) -> one + System.lineSeparator()
                        + "        " + next).orElse("")).append(System.lineSeparator()));
        return text.toString();
    }
}
