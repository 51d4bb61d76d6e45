package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Operation.Relu;

class OrderTest {

    private static final Relu FIRST = new Relu("first", Network.INPUT);
    private static final Relu SECOND = new Relu("second", "first");
    private static final Relu BESIDE = new Relu("beside", "first");

    @Test
    void eachComesAfterWhatItReadsAndOtherwiseAsItWas() {
        assertEquals(new Order(List.of(FIRST, SECOND, BESIDE), List.of()), Order.of(List.of(BESIDE, FIRST, SECOND)));
    }

    @Test
    void whatReadsItselfIsToldApartFromWhatCanRun() {
        Relu one = new Relu("one", "other");
        Relu other = new Relu("other", "one");
        Relu behind = new Relu("behind", "other");
        assertEquals(new Order(List.of(FIRST), List.of(one, other, behind)), Order.of(List.of(one, FIRST, other, behind)));
    }
}
