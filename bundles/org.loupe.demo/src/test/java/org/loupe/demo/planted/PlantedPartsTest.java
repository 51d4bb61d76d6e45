package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Tap;
import org.loupe.demo.pictures.PartPictures;
import org.loupe.demo.pictures.PartPictures.Subject;
import org.loupe.demo.planted.PlantedNetwork.Edge;

class PlantedPartsTest {

    private static final int EACH = 40;

    private final PlantedNetwork planted = PlantedNetwork.parts();

    /** Peaks of all channels of a layer's maps for pictures of a subject: image, channel. */
    private record Peaks(Map<String, double[][]> ofLayer) {
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void partsInTheRightPlacesAreToldFromPartsInWrongOnes(boolean onBackground) {
        Map<Subject, Peaks> answers = answers(onBackground);
        double heads = auc(answers, "p2", "head right", Set.of(Subject.HEAD_RIGHT), Set.of(Subject.HEAD_LEFT));
        double necks = auc(answers, "p3", "head and neck right", Set.of(Subject.DOG_RIGHT), Set.of(Subject.WRONG_DOG_RIGHT));
        double dogs = auc(answers, "p4", "dog", Set.of(Subject.DOG_RIGHT, Subject.DOG_LEFT), null);
        double upright = auc(answers, "p4", "car", Set.of(Subject.CAR), Set.of(Subject.CAR_UPSIDE_DOWN));
        double cars = auc(answers, "p4", "car", Set.of(Subject.CAR), null);
        System.out.printf(Locale.ROOT, "%s: AUC of heads right against left %.3f, right against wrong neck %.3f, dogs against"
                + " the rest %.3f, cars upright against upside down %.3f, cars against the rest %.3f%n",
                onBackground ? "on backgrounds" : "on grey", heads, necks, dogs, upright, cars);
        double[] least = onBackground ? new double[] {.96, .8, .85, .9, .96} : new double[] {.995, .96, .96, .97, .98};
        double[] found = {heads, necks, dogs, upright, cars};
        for (int i = 0; i < found.length; i++) {
            assertTrue(found[i] >= least[i], "AUC number " + i + " is " + found[i] + ", less than " + least[i]);
        }
    }

    @Test
    void theTruthIsInTheWeights() {
        for (Edge edge : planted.edges()) {
            Convolution into = (Convolution) planted.network()
                    .operation(planted.network().layer(edge.to().layer()).before()).orElseThrow();
            int[] shape = into.weights().shape();
            int area = shape[2] * shape[3];
            int from = (edge.to().channel() * shape[1] + edge.from().channel()) * area;
            float strongest = 0;
            for (int i = from; i < from + area; i++) {
                float weight = into.weights().values()[i];
                strongest = edge.excites() ? Math.max(strongest, weight) : Math.min(strongest, weight);
            }
            assertTrue(Math.abs(strongest) > .01, edge + " has no such weight");
        }
    }

    @Test
    void channelsAreFoundByWhatTheyStandFor() {
        assertEquals(new Unit("p3", 2), planted.unit("p3", "car"));
        assertEquals(new Edge(new Unit("p2", 4), new Unit("p3", 2), true), planted.edges().stream()
                .filter(edge -> edge.from().equals(planted.unit("p2", "windows")) && edge.to().channel() == 2)
                .findFirst().orElseThrow());
        NetworkException unknown = assertThrows(NetworkException.class, () -> planted.unit("p3", "cart"));
        assertTrue(unknown.getMessage().contains("Did you mean car?"), unknown.getMessage());
    }

    private double auc(Map<Subject, Peaks> answers, String layer, String channel, Set<Subject> wanted, Set<Subject> others) {
        Unit unit = planted.unit(layer, channel);
        Set<Subject> rest = new HashSet<>(others == null ? Set.of(Subject.values()) : others);
        rest.removeAll(wanted);
        return Auc.of(scores(answers, unit, wanted), scores(answers, unit, rest));
    }

    private static List<Double> scores(Map<Subject, Peaks> answers, Unit unit, Set<Subject> subjects) {
        List<Double> scores = new ArrayList<>();
        for (Subject subject : subjects) {
            for (double[] peaks : answers.get(subject).ofLayer().get(unit.layer())) {
                scores.add(peaks[unit.channel()]);
            }
        }
        return scores;
    }

    private Map<Subject, Peaks> answers(boolean onBackground) {
        PartPictures pictures = new PartPictures(new Draws(9), onBackground);
        Map<Subject, Peaks> answers = new EnumMap<>(Subject.class);
        Set<Tap> taps = Set.of(Tap.after("p2"), Tap.after("p3"), Tap.after("p4"));
        try (Session session = new ReferenceEngine().open(planted.network())) {
            for (Subject subject : Subject.values()) {
                List<Batch> drawn = new ArrayList<>();
                for (int i = 0; i < EACH; i++) {
                    drawn.add(pictures.picture(subject));
                }
                Readings readings = session.activations(Circuit.stacked(drawn), taps);
                answers.put(subject, new Peaks(Map.of("p2", peaks(readings, "p2"), "p3", peaks(readings, "p3"),
                        "p4", peaks(readings, "p4"))));
            }
        }
        return answers;
    }

    private static double[][] peaks(Readings readings, String layer) {
        Batch maps = readings.at(Tap.after(layer));
        double[][] peaks = new double[maps.images()][maps.channels()];
        for (int i = 0; i < maps.values().length; i++) {
            int channel = i / maps.area() % maps.channels();
            double[] own = peaks[i / maps.imageSize()];
            own[channel] = Math.max(own[channel], maps.values()[i]);
        }
        return peaks;
    }
}
