package org.loupe.engine.nd4j;

import java.io.IOException;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.dictionary.LearnDictionary;
import org.loupe.core.dictionary.LearnDictionary.Arguments;
import org.loupe.core.dictionary.LearnedDictionary;
import org.loupe.core.network.Network;

/** {@link LearnDictionary} with ND4J's products of matrices. */
public final class Dictionaries implements Analysis<Arguments, LearnedDictionary> {

    private final LearnDictionary learning = new LearnDictionary(new Nd4jEngine()::products);

    @Override
    public Class<Arguments> arguments() {
        return learning.arguments();
    }

    @Override
    public boolean needsPictures() {
        return learning.needsPictures();
    }

    @Override
    public List<Arguments> parts(Network network, Arguments arguments) {
        return learning.parts(network, arguments);
    }

    @Override
    public LearnedDictionary run(Material material, Arguments arguments, Observer<? super LearnedDictionary> observer) {
        return learning.run(material, arguments, observer);
    }

    @Override
    public LearnedDictionary load(ResultFiles files) throws IOException {
        return learning.load(files);
    }
}
