package org.loupe.cli;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Known;
import org.loupe.core.circuit.Chances;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells which units a unit is built from and which use it, by the weights between them. */
@Command(name = "weights", customSynopsis = "loupe weights [<options>] [<network>] <unit>",
        description = "Tells what excites and inhibits a unit, and what uses it, by its weights.")
final class WeightsCommand implements Callable<Integer> {

    private static final int LARGE = 16;
    /** Columns for the name of a unit, where none is longer. */
    private static final int NAME = 14;
    private static final double LEVEL = .05;
    private static final double CANCELS = .3;

    private final Shell shell;
    private final Settings settings;

    @Parameters(arity = "1..2", paramLabel = "[<network>] <unit>", hideParamSyntax = true,
            description = "A network or file, which may be left out, and a unit such as mixed4a:12.")
    private List<String> words = List.of();

    @Option(names = "--count", paramLabel = "<number>", description = "How many of the strongest each way. Standard: 10.")
    private int count = 10;

    @Option(names = "--out", paramLabel = "<folder>",
            description = "Write the kernels as pictures (PNG), all on one scale, and as numbers (JSON) to this folder.")
    private Path folder;

    @Option(names = "--through", paramLabel = "<layer>", description = "Tell how it would read this layer, several layers down, if"
            + " everything between were linear: the products of all weights on the way.")
    private String through;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    WeightsCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw CommandException.usage("--count is at least 1.");
        }
        try (Laboratory laboratory = Laboratories.openReadOnly(shell, settings)) {
            Network network = Laboratories.network(laboratory, words.size() > 1 ? words.get(0) : "");
            Unit unit = Unit.parse(words.get(words.size() - 1)).at(Unit.EVERYWHERE);
            network.require(unit);
            if (through != null) {
                return expanded(network, unit);
            }
            Wiring wiring = Wiring.of(network);
            Connections inputs = wiring.inputs(unit);
            Connections outputs = wiring.outputs(unit);
            Chances chances = Chances.of(network, wiring, unit, inputs, 0);
            Known known = laboratory.annotations().known(network);
            String data = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json(network, unit,
                    inputs, outputs, chances)) + System.lineSeparator();
            shell.out().print(json ? data : text(known, inputs, outputs, chances));
            if (folder != null) {
                write(unit, inputs, outputs, data);
            }
            shell.out().flush();
            return ExitCode.DONE;
        }
    }

    private int expanded(Network network, Unit unit) throws IOException {
        Wiring.Expanded expanded = Wiring.expanded(network, unit, through);
        List<Connection> strongest = expanded.net().strongest(count);
        if (json) {
            shell.out().println(new GsonBuilder().setPrettyPrinting().create().toJson(strongest.stream().map(one -> {
                Map<String, Object> fields = json(one, new Chances.Chance(Double.NaN, Double.NaN, Double.NaN));
                fields.put("left", expanded.left(one));
                return fields;
            }).toList()));
        } else {
            shell.out().printf(Locale.ROOT, "%s would read %d units of %s, if everything between were linear; these %d have"
                    + " %.0f %% of the norms:%n", unit, expanded.net().all().size(), through, strongest.size(),
                    100 * expanded.net().share(strongest));
            int width = width(strongest.stream().map(Connection::from));
            for (Connection connection : strongest) {
                double left = expanded.left(connection);
                shell.out().printf(Locale.ROOT, "  %-" + width + "s norm %8.4f  net %+9.4f  %-9s left %3.0f %%%s  %dx%s%n", connection.from(),
                        connection.strength(), connection.kernel().net(), connection.excites() ? "excites" : "inhibits",
                        100 * left, left < CANCELS ? " cancels" : "        ", connection.kernel().rows(),
                        connection.kernel().columns()
                        + shortcut(connection.kernel()));
            }
            shell.out().println("  left: what remains of the sizes of all ways when they work against each other. Where ways"
                    + " cancel, the linear story misleads; loupe through " + unit + " --through " + through
                    + " tells what arrives on pictures.");
            expanded.net().remarks().forEach(remark -> shell.out().println("  " + remark));
        }
        if (folder != null) {
            write(OutFolder.prepare(folder), OutFolder.fileName(unit.toString()) + "-weights-through-", expanded.net(), true);
        }
        shell.out().flush();
        return ExitCode.DONE;
    }

    private String text(Known known, Connections inputs, Connections outputs, Chances chances) {
        StringBuilder text = new StringBuilder();
        list(text, "Reads", known, inputs, true, chances);
        if (!inputs.all().isEmpty()) {
            text.append(String.format(Locale.ROOT, "  %d of %d kernels are more than luck explains (p <= 0.05). %s%n",
                    chances.beyond(LEVEL), chances.kernels(), chances.about()));
            text.append("  strong, even: the chances by strength and by smoothness alone; others: the share of other units whose"
                    + " strongest kernel is as strong, for what they read in all."
                    + System.lineSeparator());
        }
        list(text, "Used by", known, outputs, false, chances);
        return text.toString();
    }

    /** Of a column that has room for all names. */
    private static int width(Stream<Unit> units) {
        return Math.max(NAME, units.mapToInt(unit -> unit.toString().length()).max().orElse(0));
    }

    private void list(StringBuilder text, String title, Known known, Connections connections, boolean lower,
            Chances chances) {
        List<Connection> strongest = connections.strongest(count);
        if (strongest.isEmpty()) {
            text.append(title).append(" no unit").append(System.lineSeparator());
            return;
        }
        text.append(String.format(Locale.ROOT, "%s %d units; these %d have %.0f %% of the norms:%n", title,
                connections.all().size(), strongest.size(), 100 * connections.share(strongest)));
        int width = width(strongest.stream().map(one -> lower ? one.from() : one.to()));
        for (Connection connection : strongest) {
            Unit other = lower ? connection.from() : connection.to();
            text.append(String.format(Locale.ROOT, "  %-" + width + "s norm %8.4f  net %+9.4f  %-9s%s %s%s%n", other,
                    connection.strength(), connection.kernel().net(), connection.excites() ? "excites" : "inhibits",
                    lower ? luck(chances.of(connection), connection.kernel().shortcut() != 0) : "",
                    connection.kernel().rows() + "x" + connection.kernel().columns()
                            + (connection.pooling().isEmpty() ? "" : " on the " + connection.pooling())
                            + shortcut(connection.kernel()),
                    known.name(other).map(name -> "  " + Annotating.printable(name)).orElse("")));
        }
        if (strongest.stream().anyMatch(one -> one.kernel().shortcut() != 0)) {
            text.append("  shortcut: it is taken over as it is, past all weights, as by the identity of a residual block; nothing was"
                    + " learned there, so chances are those of the rest of the kernel.").append(System.lineSeparator());
        }
        connections.remarks().forEach(remark -> text.append("  ").append(remark).append(System.lineSeparator()));
    }

    /** How much of a kernel is a shortcut, or nothing. */
    private static String shortcut(Kernel kernel) {
        return kernel.shortcut() == 0 ? "" : String.format(Locale.ROOT, ", shortcut %+.4f", kernel.shortcut());
    }

    /** Such as “ p 0.002  others 0.120  even 0.002”. */
    private static String luck(Chances.Chance chance, boolean isShortcut) {
        return String.format(Locale.ROOT, "  p %-5s%s  strong %-5s even %-5s others %-5s", number(chance.luck()),
                chance.luck() > LEVEL && !isShortcut ? " luck?" : "      ", number(chance.permuted()),
                number(chance.pattern()), number(chance.units()));
    }

    private static String number(double chance) {
        return Double.isNaN(chance) ? "-" : String.format(Locale.ROOT, "%.3f", chance);
    }

    private void write(Unit unit, Connections inputs, Connections outputs, String data) throws IOException {
        OutFolder out = OutFolder.prepare(folder);
        String name = OutFolder.fileName(unit.toString()) + "-weights";
        Path file = out.write(name + ".json", data.getBytes(StandardCharsets.UTF_8));
        write(out, name + "-from-", inputs, true);
        write(out, name + "-to-", outputs, false);
        if (!json) {
            shell.out().println(file);
        }
    }

    private void write(OutFolder out, String beginning, Connections connections, boolean lower) throws IOException {
        List<Connection> strongest = connections.strongest(count);
        double extent = Connections.extent(strongest);
        for (Connection connection : strongest) {
            Unit other = lower ? connection.from() : connection.to();
            String pooled = connection.pooling().isEmpty() ? "" : "-pooled";
            out.write(beginning + OutFolder.fileName(other.toString()) + pooled + ".png", connection.kernel().png(extent,
                    LARGE, Map.of("Title", connection.from() + " to " + connection.to() + ", full colour at "
                            + (float) extent)));
        }
    }

    private Map<String, Object> json(Network network, Unit unit, Connections inputs, Connections outputs,
            Chances chances) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", network.name());
        json.put("sha256", network.hash());
        json.put("unit", unit.toString());
        json.put("inputs", json(inputs, chances));
        json.put("outputs", json(outputs, chances));
        return json;
    }

    private Map<String, Object> json(Connections connections, Chances chances) {
        List<Connection> strongest = connections.strongest(count);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("units", connections.all().size());
        json.put("shown", strongest.size());
        json.put("shareOfNorms", connections.share(strongest));
        json.put("remarks", connections.remarks());
        json.put("connections", strongest.stream().map(one -> json(one, chances.of(one))).toList());
        return json;
    }

    private static Map<String, Object> json(Connection connection, Chances.Chance chance) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", connection.from().toString());
        json.put("to", connection.to().toString());
        json.put("norm", connection.strength());
        json.put("net", connection.kernel().net());
        json.put("pooling", connection.pooling());
        json.put("rows", connection.kernel().rows());
        json.put("columns", connection.kernel().columns());
        json.put("top", connection.kernel().top());
        json.put("left", connection.kernel().left());
        json.put("weights", connection.kernel().values());
        if (connection.kernel().shortcut() != 0) {
            json.put("shortcut", connection.kernel().shortcut());
        }
        chance(json, "chanceOfPermutedWeights", chance.permuted());
        chance(json, "chanceOfOtherUnits", chance.units());
        chance(json, "chanceOfSmoothness", chance.pattern());
        return json;
    }

    private static void chance(Map<String, Object> json, String name, double chance) {
        if (!Double.isNaN(chance)) {
            json.put(name, chance);
        }
    }
}
