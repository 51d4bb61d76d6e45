package org.loupe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.store.RecipeText;

/** A report as one page of HTML that needs nothing but the pictures beside it. */
final class ReportPage {

    private final Report report;
    private final String networkWord;
    private final int steps;

    /** @param networkWord what a person types to name the network */
    ReportPage(Report report, String networkWord, int steps) {
        this.report = report;
        this.networkWord = networkWord;
        this.steps = steps;
    }

    /** The page. */
    String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>What is this unit? %s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                """.formatted(escaped(report.network().name()), style())
                + header() + specimens() + ingredients() + caution() + network() + footer() + "</main>\n</body>\n</html>\n";
    }

    private String header() {
        String units = report.specimens().stream().map(specimen -> "<a href=\"#%s\">%s</a>".formatted(
                anchor(specimen.unit()), escaped(specimen.unit().toString()))).collect(Collectors.joining(" "));
        return """
                <header>
                <p class="kicker">Loupe report on the network <b>%s</b></p>
                <h1>What is this unit?</h1>
                <p class="lead">Each picture below was made from nearly uniform grey by changing it, step by step, so that \
                one unit of the network answers more strongly. No photograph went in: what you see is what the unit \
                asks for.</p>
                %s<nav>%s</nav>
                </header>
                """.formatted(escaped(report.network().name()), report.isPartial()
                        ? "<p class=\"notice\">This report was stopped before it was done. It shows what there is.</p>\n" : "",
                units);
    }

    private String specimens() {
        return report.specimens().stream().map(this::specimen).collect(Collectors.joining());
    }

    private String specimen(Report.Specimen specimen) {
        Layer layer = report.network().layer(specimen.unit().layer());
        String figures = specimen.pictures().stream().map(picture -> figure(picture, caption(specimen, picture)))
                .collect(Collectors.joining());
        return """
                <article id="%s">
                <h2>%s%s</h2>
                <div class="specimen">
                <div class="figures">
                %s</div>
                <div class="facts">
                %s%s%s</div>
                </div>
                </article>
                """.formatted(anchor(specimen.unit()), escaped(specimen.unit().toString()), className(specimen.unit()),
                figures, table(specimen), layer.about().isBlank() ? "" : "<p class=\"about\">" + escaped(layer.about())
                        + "</p>\n", specimen.pictures().stream().map(this::recipe).collect(Collectors.joining()));
    }

    /** The class that a unit of the last layer stands for. */
    private String className(Unit unit) {
        Network network = report.network();
        boolean last = network.shape(network.layer(unit.layer())).size() == network.classes().size();
        return last ? " <small>the answer “" + escaped(network.classes().get(unit.channel())) + "”</small>" : "";
    }

    private String caption(Report.Specimen specimen, Report.Picture picture) {
        Shape shape = report.network().shape(report.network().layer(specimen.unit().layer()));
        boolean isNeuron = picture != specimen.pictures().get(0) || !specimen.unit().isChannel();
        if (shape.rows() * shape.columns() == 1) {
            return "<b>Unit.</b> The layer has one position, so channel and neuron are the same.";
        }
        return isNeuron
                ? "<b>Neuron.</b> Excites the one position %s of the %s × %s map.".formatted(
                        escaped(specimen.unit().isChannel() ? "in the centre" : specimen.unit().place().toString()),
                        shape.rows(), shape.columns())
                : "<b>Channel.</b> Excites all %s × %s positions of the map alike.".formatted(shape.rows(), shape.columns());
    }

    private static String figure(Report.Picture picture, String caption) {
        String remark = !picture.detail().excited()
                ? " <span class=\"warning\">Nothing that was tried excites it: this picture means nothing.</span>" : "";
        remark += picture.isPartial() ? " <span class=\"warning\">Partial: %d of %d steps.</span>"
                .formatted(picture.detail().scores().length, picture.made().steps()) : "";
        return """
                <figure>
                <img src="%s" alt="Picture that excites %s" width="256" height="256">
                <figcaption>%s%s</figcaption>
                </figure>
                """.formatted(picture.file(), escaped((picture.detail().objective() + " "
                        + picture.detail().label()).strip()), caption, remark);
    }

    private String table(Report.Specimen specimen) {
        Network network = report.network();
        Layer layer = network.layer(specimen.unit().layer());
        StringBuilder rows = new StringBuilder();
        row(rows, "Place", "channel %s of %s in %s, with maps of %s&nbsp;×&nbsp;%s".formatted(
                specimen.unit().channel(), network.shape(layer).channels(), escaped(layer.name()),
                network.shape(layer).rows(), network.shape(layer).columns()));
        for (Report.Picture picture : specimen.pictures()) {
            Visualized.Detail detail = picture.detail();
            row(rows, picture == specimen.pictures().get(0) && specimen.unit().isChannel() ? "Channel" : "Neuron",
                    "activation <b>%s</b>, on grey %s %s".formatted(number(detail.score()), number(detail.start()),
                            curve(detail.scores())));
        }
        row(rows, "On its picture", "%s of the %s channels of %s by mean activation".formatted(
                specimen.facts().rank() == 1 ? "the most active" : "number " + specimen.facts().rank(),
                specimen.facts().of(), escaped(layer.name())));
        if (!specimen.facts().answers().isEmpty()) {
            row(rows, "Network says", specimen.facts().answers().stream().map(answer -> "%s %s&nbsp;%%".formatted(
                    escaped(answer.name()), String.format(Locale.ROOT, "%.0f", 100 * answer.probability())))
                    .collect(Collectors.joining(", ")));
        }
        return "<table>\n" + rows + "</table>\n";
    }

    private static void row(StringBuilder rows, String name, String content) {
        rows.append("<tr><th scope=\"row\">").append(name).append("</th><td>").append(content).append("</td></tr>\n");
    }

    /** The score over the steps, as a small drawing without axes; the table beside it has the numbers. */
    private static String curve(double[] scores) {
        if (scores.length < 2) {
            return "";
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            least = Math.min(least, score);
            most = Math.max(most, score);
        }
        StringBuilder points = new StringBuilder();
        int parts = Math.min(120, scores.length);
        for (int i = 0; i < parts; i++) {
            double score = scores[(int) ((long) i * (scores.length - 1) / (parts - 1))];
            double height = most > least ? (score - least) / (most - least) : 0.5;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", 2 + 116.0 * i / (parts - 1), 26 - 24 * height));
        }
        return "<svg class=\"curve\" viewBox=\"0 0 120 28\" role=\"img\" aria-label=\"Score over %d steps\">"
                .formatted(scores.length) + "<polyline points=\"" + points.toString().strip() + "\"/></svg>";
    }

    private String recipe(Report.Picture picture) {
        return """
                <details>
                <summary>Recipe of %s</summary>
                <p>The same command makes the same picture again:</p>
                <pre><code>%s</code></pre>
                <pre><code>%s</code></pre>
                </details>
                """.formatted(escaped(picture.detail().objective()), escaped(command("visualize", picture)),
                escaped(RecipeText.write(picture.recipe())));
    }

    private String command(String analysis, Report.Picture picture) {
        return "./loupe " + analysis + " " + networkWord + " " + String.join(" ", picture.typed());
    }

    private String ingredients() {
        if (report.mixes().isEmpty()) {
            return "";
        }
        String figures = report.mixes().stream().map(picture -> figure(picture, "<b>%s.</b> %s".formatted(
                escaped(capitalized(picture.detail().label())), number(picture.detail().score())))).collect(Collectors.joining());
        return """
                <article id="ingredients">
                <h2>What each ingredient buys <small>%s</small></h2>
                <p>The same unit, the same number of steps, four ways to make its picture. The numbers are the unit's \
                activation on the finished picture. Climbing in pixels finds high-frequency patterns that excite the unit \
                and tell a person little. <em>Transforms</em> move, scale and turn the picture a little before every step, \
                so that only what survives this is kept. The <em>Fourier space</em> describes the picture by frequencies in \
                decorrelated colours, scaled as in natural images, so that steps change large shapes as easily as dots.</p>
                <div class="figures four">
                %s</div>
                <details>
                <summary>Recipe</summary>
                <pre><code>%s</code></pre>
                <pre><code>%s</code></pre>
                </details>
                </article>
                """.formatted(escaped(report.compared().toString()), figures,
                escaped(command("ingredients", report.mixes().get(0))),
                escaped(RecipeText.write(report.mixes().get(0).recipe())));
    }

    private static String caution() {
        return """
                <article id="caution">
                <h2>What these pictures do not tell</h2>
                <ul>
                <li>A picture shows one thing that excites a unit as much as possible. It does not show everything that \
                excites it, nor what excites it a little, nor what inhibits it.</li>
                <li>An activation is a number without a scale of its own: compare it with the same unit's on other pictures, \
                not with that of another unit.</li>
                <li>What a unit responds to is not yet what it is used for. That takes an experiment.</li>
                <li>That the network names a class for a picture like these says what it would answer, not that the picture \
                looks like that class.</li>
                </ul>
                </article>
                """;
    }

    private String network() {
        Network network = report.network();
        StringBuilder rows = new StringBuilder();
        for (Layer layer : network.layers()) {
            rows.append("<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>%n".formatted(
                    escaped(layer.name()), network.shape(layer).toString().replace("x", " × "),
                    grouped(network.parameters(layer)), grouped(network.multiplications(layer))));
        }
        return """
                <article id="network">
                <h2>The network</h2>
                <p>%s</p>
                <p>It takes pictures of %s (channels × rows × columns), has %s parameters, and tells %d classes apart%s</p>
                <details>
                <summary>Layers</summary>
                <div class="wide"><table>
                <thead><tr><th>Layer</th><th class="n">Channels × rows × columns</th><th class="n">Parameters</th>\
                <th class="n">Multiplications</th></tr></thead>
                <tbody>
                %s</tbody>
                </table></div>
                </details>
                </article>
                """.formatted(escaped(network.about().isBlank() ? network.name() : network.about()),
                network.input().shape().toString().replace("x", " × "), grouped(network.parameters()),
                network.classes().size(), network.classes().isEmpty() ? "."
                        : ": " + escaped(String.join(", ", network.classes())) + ".", rows);
    }

    private String footer() {
        return """
                <footer>
                <p>Made by Loupe %s on the engine %s (%s). Network SHA-256 <code>%s</code>. %d steps for each picture. \
                Every PNG file carries its recipe as the text “%s”.</p>
                </footer>
                """.formatted(escaped(Laboratory.version()), escaped(report.engine().name()),
                escaped(report.engine().description()), escaped(report.hash()), steps, RecipeText.KEYWORD);
    }

    private static String anchor(Unit unit) {
        return OutFolder.fileName(unit.toString());
    }

    private static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 1 ? "%.2f" : "%.3f", value);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(",", "&#8239;");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
