package org.loupe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.loupe.core.Analysis;
import org.loupe.core.Arguments;
import org.loupe.core.Observer;
import org.loupe.core.Preset;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.network.Network;
import org.loupe.core.network.Spelling;
import org.loupe.core.picture.PictureSet;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.ChannelScans;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command of an analysis, made from its record of arguments: {@code loupe NAME [NETWORK] ITEM... --OPTION VALUE}.
 *
 * @param <A> the arguments
 * @param <R> what is found
 */
final class AnalysisCommand<A extends Record, R extends Result> implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;
    private final Registered<? extends Analysis<A, R>> analysis;
    private final ArgumentOptions options;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private AnalysisCommand(Shell shell, Settings settings, Registered<? extends Analysis<A, R>> analysis) {
        this.shell = shell;
        this.settings = settings;
        this.analysis = analysis;
        this.options = new ArgumentOptions(analysis.value().arguments());
    }

    /** The command of an analysis whose types are not known here. */
    @SuppressWarnings("unchecked") // the analysis says itself which arguments it takes
    static <A extends Record, R extends Result> CommandSpec spec(Shell shell, Settings settings,
            Registered<? extends Analysis<?, ?>> analysis) {
        return new AnalysisCommand<>(shell, settings, (Registered<? extends Analysis<A, R>>) analysis).spec();
    }

    private CommandSpec spec() {
        Arguments.Field list = options.list();
        String items = list == null ? "" : " <" + list.name() + ">...";
        String name = analysis.shortName().replaceFirst("^" + DictionaryCommand.NAME + "-", DictionaryCommand.NAME + " ");
        spec.usageMessage().customSynopsis("loupe " + name + " [<options>] [<network>]" + items)
                .sortOptions(false);
        String network = "Name of a network or a network file. Standard: " + Laboratories.STANDARD_NETWORK + ".";
        spec.addPositional(PositionalParamSpec.builder().index("0..*").type(List.class).auxiliaryTypes(String.class)
                .arity("0..*").paramLabel("<network>" + items).hideParamSyntax(true)
                .description(list == null ? new String[] {network} : new String[] {network, list.about().help()}).build());
        options.addTo(spec);
        if (!analysis.value().presets().isEmpty()) {
            add("--preset", String.class, analysis.value().presets().stream().map(Preset::name)
                    .collect(Collectors.joining("|")), "Choose several options at once; options that are given beside it"
                    + " hold. " + analysis.value().presets().stream().map(preset -> preset.name() + ": " + preset.about())
                    .collect(Collectors.joining(" ")).replace("%", "%%"));
        }
        if (analysis.value().takesPictures()) {
            add("--pictures", String.class, "<pictures>", "A picture set such as drawn, a folder, zip archive, CSV or JSON"
                    + " list. Standard: the set that comes with the network.");
        }
        if (analysis.value().needsOnePicture()) {
            add("--picture", String.class, "<picture>", "A file with a picture, or a picture of a set by index or name, such as"
                    + " drawn:17.");
        }
        add("--out", Path.class, "<folder>", "Also write the files of the result to this folder.");
        add("--fresh", Boolean.class, "", "Do the work although the result is in the study.");
        add("--json", Boolean.class, "", "Print what was found as JSON.");
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).type(Boolean.class).arity("0")
                .description("Say how this command is used.").build());
        return spec;
    }

    private void add(String name, Class<?> type, String label, String description) {
        OptionSpec.Builder option = OptionSpec.builder(name).type(type).description(description);
        spec.addOption(type == Boolean.class ? option.arity("0").build() : option.paramLabel(label).build());
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        Path folder = parsed.matchedOptionValue("--out", null);
        OutFolder out = folder == null ? null : OutFolder.prepare(folder);
        try (Laboratory laboratory = Laboratories.open(shell, settings, out != null)) {
            Words words = Words.of(parsed.matchedPositionalValue(0, List.of()), options.list() != null, laboratory);
            Network network = Laboratories.network(shell, settings, laboratory, words.network());
            Map<String, String> given = new TreeMap<>(preset(parsed.matchedOptionValue("--preset", "")));
            given.putAll(options.given(parsed, words.items()));
            A arguments = Arguments.record(analysis.value().arguments(), given);
            if (analysis.value().needsOnePicture()) {
                try (PictureSet picture = Laboratories.picture(laboratory, parsed.matchedOptionValue("--picture", ""))) {
                    return answers(parsed, laboratory, new Question<>(network, arguments, Optional.of(picture)), out);
                }
            }
            boolean named = analysis.value().takesPictures() && parsed.hasMatchedOption("--pictures");
            if (!analysis.value().needsPictures(arguments) && !named) {
                return answers(parsed, laboratory, new Question<>(network, arguments, Optional.empty()), out);
            }
            try (PictureSet pictures =
                    Laboratories.pictures(laboratory, network, parsed.matchedOptionValue("--pictures", ""))) {
                return answers(parsed, laboratory, new Question<>(network, arguments, Optional.of(pictures)), out);
            }
        }
    }

    private Map<String, String> preset(String name) {
        if (name.isEmpty()) {
            return Map.of();
        }
        List<Preset> presets = analysis.value().presets();
        return presets.stream().filter(preset -> preset.name().equals(name)).findFirst()
                .orElseThrow(() -> CommandException.usage("There is no preset " + name + ". "
                        + Spelling.suggestion(name, presets.stream().map(Preset::name).toList()))).arguments();
    }

    /** Answers a question, or all of those that it stands for; what is in the study is not made again. */
    private int answers(ParseResult parsed, Laboratory laboratory, Question<A> question, OutFolder out) {
        List<A> parts = analysis.value().parts(question.network(), question.arguments());
        if (parts.size() == 1) {
            return answer(parsed, laboratory, question, out);
        }
        try (ProgressLine progress = new ProgressLine(shell, settings.quiet)) {
            for (int i = 0; i < parts.size(); i++) {
                Question<A> part = new Question<>(question.network(), parts.get(i), question.pictures());
                Supplier<Recipe> recipes =
                        () -> laboratory.recipe(analysis, part.arguments(), part.network(), part.pictures());
                Map<String, Path> written = new TreeMap<>();
                R result = laboratory.ask(analysis, part.arguments(), part.network(), part.pictures(),
                        new PartProgress(progress, i, parts.size()), parsed.hasMatchedOption("--fresh"), found -> {
                            if (out != null) {
                                written.putAll(out.writePictures(found, recipes.get()));
                            }
                        });
                Recipe recipe = recipes.get();
                Path place = out != null ? out.path() : laboratory.study().results().folder(recipe);
                progress.close();
                tell(parsed, laboratory, part.network(), new Answer(result, recipe, place, written));
                if (result.isPartial()) {
                    return end(result, part.arguments());
                }
            }
        }
        return ExitCode.DONE;
    }

    /** Shows one of several questions as a part of the whole. */
    private record PartProgress(ProgressLine whole, int before, int parts) implements Observer<Object> {
        @Override
        public boolean report(long done, long total, String what) {
            return whole.report(before * total + done, parts * total, what + ", " + (before + 1) + " of " + parts);
        }
    }

    /** What is asked. */
    private record Question<A>(Network network, A arguments, Optional<PictureSet> pictures) {
    }

    private int answer(ParseResult parsed, Laboratory laboratory, Question<A> question, OutFolder out) {
        Map<String, Path> written = new TreeMap<>();
        Supplier<Recipe> recipes =
                () -> laboratory.recipe(analysis, question.arguments(), question.network(), question.pictures());
        R result;
        try (ProgressLine progress = new ProgressLine(shell, settings.quiet)) {
            result = laboratory.ask(analysis, question.arguments(), question.network(), question.pictures(), progress,
                    parsed.hasMatchedOption("--fresh"), found -> {
                        if (out != null) {
                            written.putAll(out.write(found, recipes.get()));
                        }
                    });
        }
        Recipe recipe = recipes.get();
        Path place = out != null ? out.path() : laboratory.study().results().folder(recipe);
        tell(parsed, laboratory, question.network(), new Answer(result, recipe, place, written));
        return end(result, question.arguments());
    }

    private void tell(ParseResult parsed, Laboratory laboratory, Network network, Answer answer) {
        AnswerReport report = AnswerReport.of(answer, network,
                new ChannelScans(laboratory, Laboratories.notices(shell, settings)));
        shell.out().print(parsed.hasMatchedOption("--json") ? answer.json(report) : report.text());
        shell.out().flush();
    }

    private int end(R result, A arguments) {
        if (!result.isPartial()) {
            return ExitCode.DONE;
        }
        shell.err().println("loupe: " + AnalysisJob.title(analysis, arguments)
                + " was stopped before it was done; what there is was kept, marked partial.");
        shell.err().flush();
        return ExitCode.STOPPED;
    }
}
