package org.loupe.core.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.structure.Layout.Place;
import org.loupe.core.structure.Layout.Point;
import org.loupe.core.structure.Structure.Box;
import org.loupe.core.structure.Structure.Line;

class StructureTest {

    /** Blocks of three layers with a way around, as many as are asked for. */
    private static Network residual(int blocks) {
        List<Operation> operations = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        String last = Network.INPUT;
        for (int block = 0; block < blocks; block++) {
            String name = "layer" + block;
            operations.add(new Relu(name + ".conv1", last));
            operations.add(new Relu(name + ".conv2", name + ".conv1"));
            operations.add(new Addition(name, List.of(name + ".conv2", last)));
            for (String layer : List.of(name + ".conv1", name + ".conv2", name)) {
                layers.add(new Layer(layer, layer, layer, ""));
            }
            last = name;
        }
        operations.add(new Relu("end", last));
        return new Network("residual", "", new Input(new Shape(1, 4, 4), new float[1], new float[] {1}), operations,
                layers, List.of());
    }

    @Test
    void layersAreBoxesWithTheOperationsThatLeadToThem() {
        Structure structure = Structure.of(Nets.everything(), block -> false);
        assertEquals(List.of("picture", "conv1", "mixed", "logits", "classes"),
                structure.boxes().stream().map(Box::title).toList());
        assertEquals("Convolution 3×3, Batch normalization, Relu", structure.boxes().get(1).detail());
        assertTrue(structure.lines().contains(new Line(0, 1)) && structure.lines().contains(new Line(2, 3)),
                structure.lines().toString());
        assertEquals(new Shape(4, 12, 10), structure.boxes().get(1).shape());
        assertEquals(Optional.empty(), structure.boxes().get(4).layer());
    }

    @Test
    void layersThatBeginAlikeAreABlockWithTheSumAtItsEnd() {
        Network network = residual(2);
        Blocks blocks = Blocks.of(network);
        assertEquals(List.of("layer0", "layer1"), blocks.names());
        assertEquals(3, blocks.layers("layer0").size());
        assertEquals("conv2", blocks.shortName(network.layer("layer0.conv2")));
        assertEquals(Optional.of("layer1"), blocks.block(network.layer("layer1")));
        assertEquals(List.of(), Blocks.of(Nets.everything()).names());
    }

    @Test
    void aFoldedBlockIsOneBoxThatStandsForItsLayers() {
        Network network = residual(2);
        Structure structure = Structure.of(network, "layer1"::equals);
        assertEquals(List.of("picture", "layer0.conv1", "layer0.conv2", "layer0", "layer1", "end"),
                structure.boxes().stream().map(Box::title).toList());
        Box block = structure.box(network.layer("layer1.conv1"), Blocks.of(network)).orElseThrow();
        assertEquals("layer1", block.title());
        assertEquals("3 layers", block.detail());
        assertTrue(block.folded());
    }

    @Test
    void linesGoUpwardsAndBoxesStandApart() {
        for (Structure structure : List.of(Structure.of(residual(40), block -> false),
                Structure.of(residual(5), "layer3"::equals), Structure.of(Nets.everything(), block -> false))) {
            Layout layout = Layout.of(structure);
            for (int i = 0; i < structure.lines().size(); i++) {
                List<Point> path = layout.paths().get(i);
                for (int point = 1; point < path.size(); point++) {
                    assertTrue(path.get(point).top() < path.get(point - 1).top(), path.toString());
                }
                Place from = layout.places().get(structure.lines().get(i).from());
                assertEquals(from.top(), path.get(0).top(), 1e-6);
            }
            for (Place one : layout.places()) {
                assertTrue(one.left() >= 0 && one.top() >= 0 && one.left() + Layout.BOX_WIDTH <= layout.width()
                        && one.top() + Layout.BOX_HEIGHT <= layout.height(), one + " in " + layout.width());
                assertEquals(1, layout.places().stream().filter(other -> other.top() == one.top()
                        && Math.abs(other.left() - one.left()) < Layout.BOX_WIDTH).count(), one.toString());
            }
        }
    }

    @Test
    void aWayAroundDoesNotPassThroughABox() {
        Structure structure = Structure.of(residual(3), block -> false);
        Layout layout = Layout.of(structure);
        for (List<Point> path : layout.paths()) {
            for (int point = 1; point < path.size() - 1; point++) {
                Point at = path.get(point);
                for (Place place : layout.places()) {
                    assertTrue(at.left() < place.left() || at.left() > place.left() + Layout.BOX_WIDTH
                            || at.top() < place.top() || at.top() > place.top() + Layout.BOX_HEIGHT, at + " in " + place);
                }
            }
        }
    }
}
