package org.loupe.ui.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.visualize.Visualize;

class VariantTest {

    @Test
    void aChannelIsOfferedWholeAtItsCentreAndFromOtherSeeds() {
        List<Variant> variants = Variant.of(new Unit("a", 3), false, 64);
        assertEquals(List.of("Channel", "Centre", "Seed 1", "Seed 2", "Seed 3"),
                variants.stream().map(Variant::name).toList());
        assertTrue(variants.get(1).arguments().neuron());
        assertFalse(variants.get(2).arguments().neuron());
        assertEquals(List.of(0L, 0L, 1L, 2L, 3L), variants.stream().map(way -> way.arguments().seed()).toList());
        assertTrue(variants.stream().allMatch(way -> way.arguments().steps() == 64));
    }

    @Test
    void theUsualPictureIsTheOneThatEverybodyElseAsksFor() {
        assertEquals(Visualize.Arguments.of("a:3"), Variant.of(new Unit("a", 3), false, 512).get(0).arguments());
    }

    @Test
    void otherSeedsAreOfWhatIsMeant() {
        assertTrue(Variant.of(new Unit("a", 3), true, 64).get(2).arguments().neuron());
        assertEquals(1, Variant.meant(new Unit("a", 3, Unit.CENTRE), false));
        List<Variant> placed = Variant.of(new Unit("a", 3, new Unit.Position(4, 5)), false, 64);
        assertEquals("Row 4, column 5", placed.get(0).name());
        assertEquals(List.of("a:3@4,5"), placed.get(3).arguments().units());
        assertFalse(placed.get(3).arguments().neuron());
    }
}
