package org.loupe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.loupe.core.network.Network;
import org.loupe.core.surgery.EditStack;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a network of another by edits, takes edits back, or tells which there are. */
@Command(name = "edit", customSynopsis = {"loupe edit [<network>]",
    "loupe edit [<options>] [<network>] <change>... --name <name>"},
        description = "Makes another network by edits such as \"mixed4a:12 = 0\", which every command can then look at; or tells"
                + " the edits of a network.")
final class EditCommand implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;

    @Parameters(arity = "0..*", paramLabel = "[<network>] <change>...", hideParamSyntax = true,
            description = "A network, which may be left out, and what becomes of its units (\"mixed4a:12 = 0\","
                    + " \"mixed4a:{3,12} = 0.5 * itself\", \"mixed4a:12 = relu(mixed3b:4 - mixed3b:7)\") or weights"
                    + " (\"mixed3b:4 -> mixed4a:12 = 0\"). Of a network that was made by edits, more edits are added to it.")
    private List<String> words = List.of();

    @Option(names = "--name", paramLabel = "<name>", description = "What the edited network is called.")
    private String name;

    @Option(names = "--label", paramLabel = "<text>", description = "What these edits are called.")
    private String label = "";

    @Option(names = "--file", paramLabel = "<file>", description = "Also make the edits in this file, one in each line; lines"
            + " that begin with # are left out.")
    private Path file;

    @Option(names = "--undo", description = "Take the last edit back.")
    private boolean undo;

    @Option(names = "--redo", description = "Make the edit again that was taken back last.")
    private boolean redo;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    EditCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        boolean changes = undo || redo || name != null || file != null || words.size() > 1
                || words.size() == 1 && words.get(0).contains("=");
        try (Laboratory laboratory = Annotating.open(shell, settings, !changes)) {
            boolean named = !words.isEmpty() && laboratory.isNetwork(words.get(0));
            List<String> edits = new ArrayList<>(named ? words.subList(1, words.size()) : words);
            if (file != null) {
                Annotating.read(file).lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(edits::add);
            }
            OpenedNetwork opened = Laboratories.open(laboratory, named ? words.get(0) : "", settings.choice());
            Network network = opened.network();
            Optional<EditStack> known = laboratory.edits().of(network);
            if (!changes && edits.isEmpty()) {
                shell.out().print(known.map(EditCommand::text).orElseGet(() -> all(laboratory, network)));
            } else {
                EditStack stack = changed(known, network, edits);
                if (!laboratory.isBundled(network) && !laboratory.isKept(network)) {
                    laboratory.keep(opened);
                }
                Network made = laboratory.edits().make(stack);
                shell.out().print(text(stack));
                shell.out().println("SHA-256 " + laboratory.hash(made) + "; look at it with loupe info " + made.name());
            }
            shell.out().flush();
            return ExitCode.DONE;
        }
    }

    private EditStack changed(Optional<EditStack> known, Network network, List<String> edits) {
        if (known.isEmpty() && name == null) {
            throw CommandException.usage("What is the edited network called? Say it with --name, for " + network
                    + " itself stays as it is.");
        }
        if (known.isEmpty() && (edits.isEmpty() || undo || redo)) {
            throw CommandException.usage("There are no edits of " + network + ". Write what becomes of a unit, such as"
                    + " \"mixed4a:12 = 0\".");
        }
        EditStack stack = known.map(one -> name == null ? one : one.named(name)).orElseGet(() -> EditStack.of(network, name));
        if (undo && !stack.canUndo() || redo && !stack.canRedo()) {
            throw CommandException.usage("There is no edit of " + stack.name() + " to " + (undo ? "take back." : "make again."));
        }
        stack = undo ? stack.undone() : redo ? stack.redone() : stack;
        for (String edit : edits) {
            stack = stack.with(new EditStack.Step(edit, label));
        }
        return stack;
    }

    private static String text(EditStack stack) {
        StringBuilder text = new StringBuilder(stack.name()).append(" is made of ").append(stack.baseName()).append(" by ")
                .append(stack.done()).append(stack.done() == 1 ? " edit" : " edits").append(System.lineSeparator());
        for (int i = 0; i < stack.steps().size(); i++) {
            text.append(i < stack.done() ? "  " : "  (taken back) ").append(Annotating.printable(stack.steps().get(i).brief()))
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String all(Laboratory laboratory, Network network) {
        List<EditStack> of = laboratory.edits().all().stream().filter(stack -> stack.base().equals(laboratory.hash(network))).toList();
        return Stream.concat(Stream.of(network + " is as it is" + (of.isEmpty() ? "" : "; of it are made:")),
                of.stream().map(stack -> text(stack).stripTrailing()))
                .reduce("", (before, line) -> before + line + System.lineSeparator());
    }
}
