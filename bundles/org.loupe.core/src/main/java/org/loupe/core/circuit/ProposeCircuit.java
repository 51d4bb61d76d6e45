package org.loupe.core.circuit;

import java.io.IOException;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;

/** What units are built from, several layers down, as the weights propose it: the built-in analysis {@code circuit}. */
public final class ProposeCircuit implements Analysis<ProposeCircuit.Arguments, ProposedCircuit> {

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "Units such as mixed4a:12, of which the whole channels are meant.")
            List<String> units,
            @Argument(label = "Depth", help = "How many connections down.", standard = "2", least = 1, greatest = 12)
            int depth,
            @Argument(label = "Breadth", help = "How many of the strongest connections into each unit.", standard = "4",
                    least = 1, greatest = 50) int breadth) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ProposedCircuit run(Material material, Arguments arguments, Observer<? super ProposedCircuit> observer) {
        if (arguments.units.isEmpty()) {
            throw new IllegalArgumentException("Say which unit the circuit is to explain, such as mixed4a:12.");
        }
        List<Unit> targets = arguments.units.stream().map(text -> Unit.parse(text).at(Unit.EVERYWHERE)).toList();
        Circuit circuit = Circuit.byWeights(material.network(), targets, arguments.depth, arguments.breadth);
        return new ProposedCircuit(material.network().name(), circuit);
    }

    @Override
    public ProposedCircuit load(ResultFiles files) throws IOException {
        return ProposedCircuit.load(files);
    }
}
