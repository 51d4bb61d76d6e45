package org.loupe.cli;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.loupe.core.Analysis;
import org.loupe.core.train.Training;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.PicocliException;

/** The command {@code loupe} with a command for each analysis and each training that plug-ins contribute. */
@Command(name = "loupe", mixinStandardHelpOptions = true, versionProvider = Root.Version.class,
        synopsisSubcommandLabel = "<command>",
        header = "Opens a trained image network and shows what its neurons do.",
        description = "Without a command, Loupe opens its workbench where there is a display.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nFor every command:%n",
        footerHeading = "%nExit codes:%n",
        footer = {"  0  all was done",
            "  1  the work failed",
            "  2  the command makes no sense: an unknown option, network, layer or unit",
            "  3  stopped by Ctrl-C; what there is was kept, marked partial",
            "  4  a file cannot be written, or the disk is full",
            "  5  another Loupe has the study open",
            "  6  a check has found a difference that rounding does not explain"})
final class Root implements Callable<Integer> {

    private static final int NARROWEST = 80;
    private static final int WIDEST = 110;
    private static final String OWN = "org.loupe.";
    private static final Pattern OBJECTIVE = Pattern.compile("-[^-=]+[:(].*");

    @Mixin
    final Settings settings = new Settings();

    private final Shell shell;
    private CommandLine command;

    private Root(Shell shell) {
        this.shell = shell;
    }

    /** The whole command line, ready to be given arguments. */
    static CommandLine of(Shell shell) {
        Root root = new Root(shell);
        CommandLine command = new CommandLine(root);
        root.command = command;
        command.addSubcommand("info", new InfoCommand(shell, root.settings));
        command.addSubcommand("open", new OpenCommand(shell, root.settings));
        command.addSubcommand("check", new CheckCommand(shell, root.settings));
        command.addSubcommand("bench", new BenchCommand(shell, root.settings));
        command.addSubcommand("pictures", new PicturesCommand(shell, root.settings));
        command.addSubcommand("examples", new ExamplesCommand(shell, root.settings));
        command.addSubcommand("weights", new WeightsCommand(shell, root.settings));
        command.addSubcommand("unit", new UnitCommand(shell, root.settings));
        command.addSubcommand("edit", new EditCommand(shell, root.settings));
        command.addSubcommand("label", new LabelCommand(shell, root.settings));
        command.addSubcommand("family", new FamilyCommand(shell, root.settings));
        command.addSubcommand("annotations", new AnnotationsCommand(shell, root.settings));
        command.addSubcommand("dictionary", DictionaryCommand.of(shell, root.settings));
        command.addSubcommand("demo", new DemoCommand(shell, root.settings));
        for (Registered<Analysis<?, ?>> analysis : shell.registry().analyses()) {
            add(shell, command, analysis, () -> AnalysisCommand.spec(shell, root.settings, analysis));
        }
        for (Registered<Training<?>> training : shell.registry().trainings()) {
            add(shell, command, training, () -> TrainingCommand.spec(shell, root.settings, training));
        }
        Failures failures = new Failures();
        command.setOut(shell.out()).setErr(shell.err()).setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setUsageHelpWidth(Math.min(WIDEST, Math.max(NARROWEST, shell.width())))
                .setColorScheme(CommandLine.Help.defaultColorScheme(shell.isTerminal() ? Ansi.ON : Ansi.OFF));
        return command;
    }

    /** Runs a command; an objective that begins with a minus, such as {@code -mixed4a.pre:12}, is no option. */
    static int run(Shell shell, String... arguments) {
        return of(shell).execute(Arrays.stream(arguments)
                .map(one -> OBJECTIVE.matcher(one).matches() ? " " + one : one).toArray(String[]::new));
    }

    /** Adds the command of a plug-in; one that does not work is told about and left out. */
    private static void add(Shell shell, CommandLine command, Registered<?> contributed, Supplier<CommandSpec> making) {
        String from = contributed.contributor().startsWith(OWN) ? "" : " (from " + contributed.contributor() + ")";
        Place place = Place.of(command, contributed.shortName());
        // A plug-in must not take the place of a command that is there.
        boolean taken = place.command.getSubcommands().containsKey(place.name);
        try {
            CommandSpec spec = making.get();
            spec.usageMessage().description((contributed.description() + from).replace("%", "%%"));
            place.command.addSubcommand(taken ? contributed.id() : place.name, spec);
        } catch (PicocliException | IllegalArgumentException broken) {
            shell.err().println("loupe: The command " + contributed.shortName() + " from the plug-in "
                    + contributed.contributor() + " is left out: " + broken.getMessage());
        }
    }

    /** Where a command goes: {@code dictionary-train} is the command {@code train} of {@code dictionary}. */
    private record Place(CommandLine command, String name) {
        static Place of(CommandLine root, String shortName) {
            int hyphen = shortName.indexOf('-');
            CommandLine group = hyphen < 0 ? null : root.getSubcommands().get(shortName.substring(0, hyphen));
            return group != null && group.getCommand() instanceof DictionaryCommand
                    ? new Place(group, shortName.substring(hyphen + 1)) : new Place(root, shortName);
        }
    }

    /** Without a command there is nothing to do but to say what could be done. */
    @Override
    public Integer call() {
        command.usage(shell.out());
        return ExitCode.USAGE;
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return List.of("Loupe " + Laboratory.version(), "Java " + Runtime.version()).toArray(String[]::new);
        }
    }
}
