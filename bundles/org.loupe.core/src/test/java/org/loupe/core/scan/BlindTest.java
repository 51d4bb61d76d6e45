package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.page.Sheet;
import org.loupe.core.scan.Judgement.Verdict;

class BlindTest {

    private static Judgement judged(String picture, float value, double weight, Verdict verdict, boolean isRepeat) {
        return new Judgement(picture, 0, 0, value, weight, verdict, isRepeat);
    }

    @Test
    void trialsCoverTheWholeRangeAndStandForAllPictures() {
        float[] maxima = new float[300];
        for (int i = 0; i < maxima.length; i++) {
            maxima[i] = i < 250 ? i / 500f : 10 * i / 300f;
        }
        ChannelScan channel = new ChannelScan(0, 0, 0, 0, 0, 0, List.of(), new long[Bins.COUNT], List.of(), maxima,
                new int[maxima.length], 1);
        List<BlindTrials.Trial> trials = BlindTrials.of(channel, 7).trials();
        List<BlindTrials.Trial> first = trials.stream().filter(trial -> !trial.isRepeat()).toList();
        assertEquals(300, first.stream().mapToDouble(BlindTrials.Trial::weight).sum(), 1e-6);
        Set<Integer> pictures = new HashSet<>();
        first.forEach(trial -> assertTrue(pictures.add(trial.example().picture()), "no picture twice"));
        assertTrue(first.stream().anyMatch(trial -> trial.example().value() > 9));
        assertEquals(trials, BlindTrials.of(channel, 7).trials());
        assertTrue(!trials.equals(BlindTrials.of(channel, 8).trials()));
        for (BlindTrials.Trial trial : trials) {
            assertTrue(!trial.isRepeat() || pictures.contains(trial.example().picture()));
        }
    }

    @Test
    void agreementIsTheProbabilityThatTheThingExcitesMore() {
        BlindStatistics found = BlindStatistics.of(List.of(judged("a", 5, 1, Verdict.YES, false),
                judged("b", 2, 1, Verdict.YES, false), judged("c", 2, 1, Verdict.NO, false),
                judged("d", 1, 1, Verdict.NO, false), judged("e", 9, 1, Verdict.PARTLY, false)), 2);
        assertEquals((1 + 1 + 0.5 + 1) / 4, found.area(), 1e-12);
        assertEquals(5, found.judged());
        assertTrue(Double.isNaN(found.kappa()), "nothing was repeated");
    }

    @Test
    void kappaIsOfTheRepeatedOnes() {
        List<Judgement> judgements = new ArrayList<>();
        Verdict[][] answers = {{Verdict.YES, Verdict.YES}, {Verdict.NO, Verdict.NO}, {Verdict.YES, Verdict.NO},
                {Verdict.NO, Verdict.NO}};
        for (int i = 0; i < answers.length; i++) {
            judgements.add(judged("p" + i, i, 1, answers[i][0], false));
            judgements.add(judged("p" + i, i, 1, answers[i][1], true));
        }
        BlindStatistics found = BlindStatistics.of(judgements, 1);
        assertEquals(4, found.repeated());
        assertEquals((0.75 - 0.5) / (1 - 0.5), found.kappa(), 1e-12);
    }

    @Test
    void theIntervalsAreWilsons() {
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            judgements.add(judged("p" + i, 1, 1, i < 8 ? Verdict.YES : Verdict.NO, false));
        }
        BlindStatistics.Bin bin = BlindStatistics.of(judgements, 3).bins().get(0);
        assertEquals(0.8, bin.share(), 1e-12);
        assertEquals(0.4902, bin.low(), 1e-4);
        assertEquals(0.9433, bin.high(), 1e-4);
        assertEquals(0, BlindStatistics.of(judgements, 3).bins().get(2).count());
    }

    @Test
    void contributionsCountActivationTimesPicturesThatItStandsFor() {
        BlindStatistics found = BlindStatistics.of(List.of(judged("a", 6, 1, Verdict.YES, false),
                judged("b", 1, 18, Verdict.NO, false), judged("c", -5, 100, Verdict.NO, false)), 2);
        assertEquals(0.25, found.contributions().get(Verdict.YES), 1e-12);
        assertEquals(0.75, found.contributions().get(Verdict.NO), 1e-12);
        assertEquals(0, found.contributions().get(Verdict.PARTLY), 1e-12);
    }

    @Test
    void theFigureTellsAgreementProbabilityAndContribution() {
        BlindStatistics found = BlindStatistics.of(List.of(judged("a", 6, 1, Verdict.YES, false),
                judged("b", 2, 3, Verdict.NO, false), judged("a", 6, 1, Verdict.YES, true)), 2);
        String words = found.sheet("mixed4a:12", "a dog's head").marks().stream()
                .filter(mark -> mark instanceof Sheet.Text)
                .map(mark -> ((Sheet.Text) mark).text()).collect(Collectors.joining(" "));
        assertTrue(words.contains("Is mixed4a:12 “a dog's head”?"), words);
        assertTrue(words.contains("1.00 (AUC"), words);
        assertTrue(words.contains("kappa that cannot be told"), words);
        assertTrue(words.contains("4.00 to 6.00 (1)") && words.contains("2.00 to 4.00 (1)"), words);
        assertTrue(words.contains("Contribution to the expected value") && words.contains("0.5"), words);
        assertEquals("What mixed4a:12 was judged to be", found.sheet("mixed4a:12", "").title());
    }
}
