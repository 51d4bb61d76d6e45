package org.loupe.core.tuning;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.network.Shape;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.stimulus.StimulusFamily;
import org.loupe.core.stimulus.Sweep;

/**
 * How units answer stimuli that turn, grow or change their colour: the built-in analysis {@code tune}. Each stimulus lies
 * where the unit looks.
 */
public final class Tune implements Analysis<Tune.Arguments, Tuned> {

    /** Stands for the first parameter of a family. */
    private static final String FIRST = "first";

    /** More answers than these would not fit into memory at ease. */
    private static final long MOST_ANSWERS = 1L << 27;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "Units such as mixed3b:14, or layers such as mixed3b for all of their channels.")
            List<String> units,
            @Argument(label = "Stimulus", help = "The family of stimuli, such as curve, line, grating or spiral.",
                    standard = "curve") String stimulus,
            @Argument(label = "Vary", help = "One or two parameters to vary: orientation, orientation=0:350:10 or"
                    + " radius=5,10,20; first is the family's first parameter.", standard = FIRST) List<String> vary,
            @Argument(label = "With", help = "Values of other parameters, such as \"radius=14 width=3.5\"; empty for the"
                    + " usual ones.") String with,
            @Argument(label = "Reach", help = "How many positions to each side of the middle are looked at; the largest"
                    + " answer counts. 0 for one neuron.", standard = "0", least = 0, greatest = 64) int reach) {

        /** The standard question: curves of the usual size that turn once around. */
        public static Arguments of(List<String> units, String stimulus) {
            return new Arguments(units, stimulus, List.of(FIRST), "", 0);
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Tuned run(Material material, Arguments arguments, Observer<? super Tuned> observer) {
        Shape input = material.network().input().shape();
        StimulusFamily family = material.stimuli().find(arguments.stimulus());
        List<Parameter> parameters = Stimulus.parameters(family, Math.min(input.rows(), input.columns()));
        Setting setting = Setting.parse(arguments.with(), parameters);
        List<String> vary = arguments.vary().equals(List.of(FIRST)) ? List.of(parameters.get(0).name()) : arguments.vary();
        List<Sweep> sweeps = vary.stream().map(text -> Sweep.parse(text, parameters)).toList();
        if (sweeps.size() > 2 || sweeps.stream().map(Sweep::parameter).distinct().count() < sweeps.size()) {
            throw new IllegalArgumentException("One parameter can be varied, or two different ones, not " + vary + ".");
        }
        List<Stimulus> stimuli = Stimulus.grid(family, setting, sweeps);
        Answering answering = new Answering(material.session(), Answering.units(material.network(), arguments.units()),
                arguments.reach());
        if ((long) stimuli.size() * answering.units().size() > MOST_ANSWERS) {
            throw new IllegalArgumentException(stimuli.size() + " stimuli for " + answering.units().size()
                    + " units are too many answers. Vary in larger steps, or name fewer units.");
        }
        int first = sweeps.get(0).values().size();
        Batch answers = Batch.zeros(2, answering.units().size(), first, stimuli.size() / first);
        Arrays.fill(answers.values(), Float.NaN);
        boolean whole = answering.answer(stimuli, answers, observer, () -> {
            if (observer.wantsSnapshot()) {
                observer.snapshot(new Tuned(arguments.stimulus(), setting, sweeps, answering.units(), answers.copy(), true));
            }
        });
        return new Tuned(arguments.stimulus(), setting, sweeps, answering.units(), answers, !whole);
    }

    @Override
    public Tuned load(ResultFiles files) throws IOException {
        return TunedFiles.load(files);
    }
}
