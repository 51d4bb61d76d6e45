package org.loupe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Family;
import org.loupe.core.annotation.Known;
import org.loupe.core.network.Network;
import org.loupe.core.network.Spelling;
import org.loupe.platform.Laboratory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Groups units, or tells which families there are. */
@Command(name = "family", customSynopsis = {"loupe family [<network>]",
    "loupe family [<options>] [<network>] <name> [<unit>...]"},
        description = "Groups units that belong together, or tells the families that there are.")
final class FamilyCommand implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;

    @Parameters(arity = "0..*", paramLabel = "[<network>] [<name>] [<unit>...]", hideParamSyntax = true,
            description = "A network, which may be left out, the name of a family, and units to add to it.")
    private List<String> words = List.of();

    @Option(names = "--kind", paramLabel = "<word>", description = "What the members have in common, such as curve.")
    private String kind;

    @Option(names = "--rename", paramLabel = "<name>", description = "Call the family otherwise.")
    private String rename;

    @Option(names = "--remove", description = "Take the units out of the family; without units, remove the family.")
    private boolean remove;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    FamilyCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        boolean looksOnly = kind == null && rename == null && !remove && words.stream().noneMatch(word -> word.contains(":"));
        try (Laboratory laboratory = Annotating.open(shell, settings, looksOnly)) {
            boolean named = !words.isEmpty() && laboratory.isNetwork(words.get(0));
            List<String> rest = named ? words.subList(1, words.size()) : words;
            Network network = Laboratories.network(laboratory, named ? words.get(0) : "");
            Known known = laboratory.annotations().known(network);
            if (rest.isEmpty()) {
                shell.out().print(all(known));
            } else {
                if (!looksOnly) {
                    change(laboratory, network, known, rest.get(0), units(network, rest.subList(1, rest.size())));
                    laboratory.annotations().store();
                }
                shell.out().print(one(laboratory.annotations().known(network), rename != null ? rename : rest.get(0)));
            }
            shell.out().flush();
            return ExitCode.DONE;
        }
    }

    private static List<Unit> units(Network network, List<String> words) {
        List<Unit> units = words.stream().map(word -> Unit.parse(word).at(Unit.EVERYWHERE)).toList();
        units.forEach(network::require);
        return units;
    }

    private void change(Laboratory laboratory, Network network, Known known, String name, List<Unit> units) {
        Optional<Family> family = known.own().family(name);
        if (family.isEmpty() && (remove || rename != null || units.isEmpty())) {
            throw CommandException.usage(published(known).anyMatch(one -> one.name().equals(name))
                    ? "The family " + name + " is published and cannot be changed." : unknown(known, name));
        }
        if (rename != null && !rename.equals(name) && known.own().family(rename).isPresent()) {
            throw CommandException.usage("There is a family “" + rename + "” already.");
        }
        Family changed = family.orElse(Family.named(name));
        changed = remove ? changed.without(units) : changed.with(units);
        changed = kind == null ? changed : changed.ofKind(kind);
        changed = rename == null ? changed : changed.called(rename);
        laboratory.annotations().change(network, new Edit.Group(name,
                remove && units.isEmpty() ? Optional.empty() : Optional.of(changed)));
    }

    private String one(Known known, String name) {
        Optional<Family> found = families(known).filter(family -> family.name().equals(name.strip())).findFirst();
        if (found.isEmpty() && !remove) {
            throw CommandException.usage(unknown(known, name));
        }
        return found.map(family -> {
            StringBuilder text = new StringBuilder(line(family, family.about()));
            family.units().forEach(unit -> text.append("  ").append(unit)
                    .append(known.label(unit).map(label -> "  " + Annotating.printable(label)).orElse(""))
                    .append(System.lineSeparator()));
            return text.toString();
        }).orElse("There is no family “" + Annotating.printable(name) + "” any more." + System.lineSeparator());
    }

    private static String all(Known known) {
        List<String> lines = new ArrayList<>();
        known.own().families().values().forEach(family -> lines.add(line(family, "")));
        known.published().forEach(set -> set.annotations().families().values()
                .forEach(family -> lines.add(line(family, set.name()))));
        return lines.isEmpty() ? "There are no families yet. Make one: loupe family \"curves\" mixed3b:4 mixed3b:12"
                + System.lineSeparator() : lines.stream().collect(Collectors.joining());
    }

    private static String line(Family family, String from) {
        return Annotating.printable(family.name()) + (family.kind().isEmpty() ? "" : "  [" + Annotating.printable(family.kind())
                + "]") + "  " + family.units().size() + (family.units().size() == 1 ? " unit" : " units")
                + (from.isEmpty() ? "" : "  (" + Annotating.printable(from) + ")") + System.lineSeparator();
    }

    private static String unknown(Known known, String name) {
        return "There is no family “" + name + "”. " + (known.familyNames().isEmpty() ? "" : Spelling.suggestion(name,
                known.familyNames())) + " Units behind the name make one.";
    }

    private static Stream<Family> published(Known known) {
        return known.published().stream().flatMap(set -> set.annotations().families().values().stream());
    }

    private static Stream<Family> families(Known known) {
        return Stream.concat(known.own().families().values().stream(), published(known));
    }
}
