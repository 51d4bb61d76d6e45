package org.loupe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.page.UnitPage;
import org.loupe.platform.Laboratory;
import org.loupe.platform.SheetFile;
import org.loupe.platform.UnitPages;
import org.loupe.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the page of a unit: all that the study knows of it. */
@Command(name = "unit", customSynopsis = "loupe unit [<options>] [<network>] <unit> --out <file>",
        description = "Writes one page with all that is known of a unit: SVG, PDF, HTML or PNG.")
final class UnitCommand implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;

    @Parameters(arity = "1..2", paramLabel = "[<network>] <unit>", hideParamSyntax = true,
            description = "A network or file, which may be left out, and a unit such as mixed4a:12.")
    private List<String> words = List.of();

    @Option(names = "--out", required = true, paramLabel = "<file>",
            description = "Where to write the page; what its name ends in decides the format: svg, pdf, html or png.")
    private Path file;

    @Option(names = "--zoom", paramLabel = "<number>",
            description = "Of a PNG file: 1 for 96 pixels to the inch, 2 for twice that. Standard: 2.")
    private double zoom = 2;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    UnitCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (!SheetFile.isNamed(file) || !(zoom >= 0.25 && zoom <= 8)) {
            throw CommandException.usage("The page is written as .svg, .pdf, .html or .png, with a --zoom from 0.25 to 8.");
        }
        try (Laboratory laboratory = Laboratories.openReadOnly(shell, settings)) {
            Network network = Laboratories.network(laboratory, words.size() > 1 ? words.get(0) : "");
            UnitPage page = UnitPages.of(laboratory, network, Unit.parse(words.get(words.size() - 1)));
            SheetFile.write(file, page.sheet(), zoom);
            shell.out().println(file);
            page.missing().forEach(line -> Laboratories.notices(shell, settings).accept("Not on the page: " + line));
            shell.out().flush();
            return ExitCode.DONE;
        } catch (IOException problem) {
            throw new StoreException("Could not write " + file, problem);
        }
    }
}
