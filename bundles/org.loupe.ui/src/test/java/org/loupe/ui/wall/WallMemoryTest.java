package org.loupe.ui.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.eclipse.ui.XMLMemento;
import org.junit.jupiter.api.Test;

class WallMemoryTest {

    private static final List<WallMemory.Whole> WHOLE = List.of(new WallMemory.Whole("demo", "mixed4a"));

    @Test
    void whatAPersonHasStoppedIsStillStoppedAfterTheNextStart() {
        for (boolean isStopped : new boolean[] {true, false}) {
            WallMemory memory = new WallMemory("demo", "mixed4a", List.of(3, 5), 17, 96, Order.INDEX, WHOLE, isStopped);
            XMLMemento memento = XMLMemento.createWriteRoot("wall");
            memory.write(memento);
            assertEquals(memory, WallMemory.read(memento));
        }
    }

    @Test
    void aMemoryOfAnOlderLoupeIsNotStopped() {
        XMLMemento memento = XMLMemento.createWriteRoot("wall");
        memento.putString("network", "demo");
        memento.putString("layer", "mixed4a");
        memento.putString("order", "an order that is gone");
        assertFalse(WallMemory.read(memento).isStopped());
        assertEquals(Order.INDEX, WallMemory.read(memento).order());
        assertEquals(WallMemory.FIRST, WallMemory.read(null));
    }
}
