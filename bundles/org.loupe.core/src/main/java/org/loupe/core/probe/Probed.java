package org.loupe.core.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;

/**
 * What a network sees in one picture.
 *
 * @param name         of the picture
 * @param picture      as the network sees it, shape (1, channels, rows, columns), colours from 0 to 1
 * @param at           the pixel that was asked about, if any
 * @param layers       what fires in each layer, in the order of the network
 * @param maps         activation maps of the units that were asked about
 * @param target       what is explained, or an empty text
 * @param attributions what the target owes to each layer below it
 * @param isPartial    whether it was stopped before all was done
 */
public record Probed(String name, Batch picture, Optional<Unit.Position> at, List<OfLayer> layers, List<OfUnit> maps,
        String target, List<Attribution> attributions, boolean isPartial) implements Result {

    /**
     * What fires in a layer.
     *
     * @param layer     its name
     * @param place     the position of its map that lies at the pixel that was asked about, if any
     * @param here      the channels that fire most at that position, the strongest first
     * @param strongest the channels that fire most anywhere, the strongest first, each where it fires most
     */
    public record OfLayer(String layer, Optional<Unit.Position> place, List<Firing> here, List<Firing> strongest) {
        public OfLayer {
            here = List.copyOf(here);
            strongest = List.copyOf(strongest);
        }
    }

    /**
     * Where a unit fires.
     *
     * @param map shape (1, 1, row, column)
     */
    public record OfUnit(Unit unit, Batch map) {
    }

    public Probed {
        layers = List.copyOf(layers);
        maps = List.copyOf(maps);
        attributions = List.copyOf(attributions);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        ProbedFiles.save(this, files);
    }
}
