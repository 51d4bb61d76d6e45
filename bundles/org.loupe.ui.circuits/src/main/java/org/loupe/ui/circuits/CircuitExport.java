package org.loupe.ui.circuits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.PlatformUI;
import org.loupe.core.Analysis;
import org.loupe.core.Batch;
import org.loupe.core.Recipe;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Known;
import org.loupe.core.circuit.graph.GraphSheet;
import org.loupe.core.circuit.graph.GraphText;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.ProposedCircuit;
import org.loupe.core.network.Network;
import org.loupe.core.page.Sheet;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.platform.SheetFile;
import org.loupe.store.RecipeText;
import org.loupe.store.WholeFile;
import org.loupe.ui.labels.Labels;
import org.loupe.ui.preferences.PictureChoice;

/** Writes what is seen of a circuit to a file; what its name ends in decides the format. */
public final class CircuitExport {

    /** What names may end in, without the dot. */
    public static final List<String> FORMATS = List.of("svg", "png", "pdf", "html", "dot", "graphml", "json");

    private static final double ZOOM = 2;

    private CircuitExport() {
    }

    /** Asks for a name and writes in the background. */
    static void ask(CircuitView view) {
        Optional<Drawn> shown = view.judged();
        if (shown.isEmpty()) {
            return;
        }
        FileDialog dialog = new FileDialog(view.getSite().getShell(), SWT.SAVE);
        dialog.setText("Export Circuit");
        dialog.setFilterExtensions(FORMATS.stream().map(format -> "*." + format).toArray(String[]::new));
        dialog.setFilterNames(new String[] {"SVG", "PNG", "PDF", "HTML, one file", "DOT, for Graphviz", "GraphML", "JSON"});
        dialog.setFileName(shown.get().name().replaceAll("[^\\p{L}\\p{N}.@,_-]+", "-") + ".svg");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            Laboratory laboratory = view.getSite().getService(Laboratory.class);
            Known known = Labels.of(PlatformUI.getWorkbench()).known(shown.get().network());
            PictureChoice pictures = PictureChoice.now();
            Job job = Job.create("Export Circuit " + shown.get().name(), (ICoreRunnable) monitor -> {
                try {
                    write(Path.of(chosen), shown.get(), laboratory, known, pictures);
                } catch (IOException | RuntimeException problem) {
                    throw new CoreException(Status.error("The circuit could not be written to " + chosen + ": "
                            + problem.getMessage() + ". Choose another folder, or a name that ends in ."
                            + String.join(", .", FORMATS) + ".", problem));
                }
            });
            job.setUser(true);
            job.schedule();
        }
    }

    /**
     * Writes a circuit, whole or not at all.
     *
     * @param known what units are called
     * @throws IllegalArgumentException when the name ends in none of the {@link #FORMATS}
     */
    public static void write(Path file, Drawn drawn, Laboratory laboratory, Known known, PictureChoice pictures)
            throws IOException {
        Recipe recipe = recipe(drawn, laboratory);
        if (SheetFile.isNamed(file)) {
            SheetFile.write(file, sheet(drawn, laboratory, known, pictures, RecipeText.writeLine(recipe)), ZOOM);
            return;
        }
        ProposedCircuit circuit = new ProposedCircuit(drawn.network().name(), drawn.graph().shown().circuit(),
                Optional.empty(), false);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String text = switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "dot" -> "// " + RecipeText.writeLine(recipe) + "\n" + circuit.dot();
            case "graphml" -> circuit.graphml().replaceFirst("\\?>\n", "?>\n<!-- "
                    + RecipeText.writeLine(recipe).replace("--", "- -").replace("\\", "\\\\").replace("$", "\\$") + " -->\n");
            case "json" -> "{\n  \"recipe\": " + RecipeText.writeLine(recipe) + "," + circuit.json().substring(1);
            default -> throw new IllegalArgumentException("A circuit is written as ." + String.join(", .", FORMATS) + ", and "
                    + file.getFileName() + " ends in none of these");
        };
        WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What must be the same for the same drawing: the circuit as it is stored, and the network. */
    private static Recipe recipe(Drawn drawn, Laboratory laboratory) {
        String network = laboratory.hash(drawn.network());
        String text = GraphText.write(network, drawn.name(), drawn.graph());
        return new Recipe("org.loupe.ui.circuits", new TreeMap<>(Map.of("circuit", drawn.name(), "centre",
                drawn.graph().centre().toString(), "units", Integer.toString(drawn.graph().units().size()), "links",
                Integer.toString(drawn.graph().links().size()), "sha256",
                Recipe.sha256(text.getBytes(StandardCharsets.UTF_8)))), network, "", "", "", Laboratory.version());
    }

    private static Sheet sheet(Drawn drawn, Laboratory laboratory, Known known, PictureChoice choice, String recipe) {
        Network network = drawn.network();
        Registered<Analysis<Visualize.Arguments, Visualized>> visualize = laboratory.registry().analysis(Visualize.class);
        Scene scene = Scene.of(drawn.graph());
        String caption = drawn.name() + ", drawn around " + drawn.graph().centre() + " of " + network.name() + ": "
                + scene.boxes().size() + " nodes and " + scene.curves().size() + " links by the norm of their weights"
                + (drawn.graph().hidden().isEmpty() ? "" : ", " + drawn.graph().hidden().size() + " units hidden")
                + ". Proposed by weights alone: whether the connections are used is for an experiment to say.";
        return GraphSheet.of(scene, unit -> unit.layer().equals(Network.INPUT) ? Optional.<Batch>empty()
                : laboratory.stored(visualize, choice.arguments(unit), network).map(made -> opaque(made.pictures())),
                unit -> known.label(unit).orElse(""), network.name() + ", " + drawn.name(), caption, recipe);
    }

    /** The first picture, without its opacity. */
    private static Batch opaque(Batch pictures) {
        Batch first = pictures.image(0);
        if (first.channels() != 4) {
            return first;
        }
        Batch colours = Batch.zeros(1, 3, first.rows(), first.columns());
        System.arraycopy(first.values(), 0, colours.values(), 0, colours.values().length);
        return colours;
    }
}
