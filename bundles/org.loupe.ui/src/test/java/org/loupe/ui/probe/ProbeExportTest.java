package org.loupe.ui.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;

class ProbeExportTest {

    @Test
    void eachChannelIsALineWithItsPlaceAndItsRank() {
        Unit here = Unit.parse("mixed4a:7@3,5");
        Row.Tile first = new Row.Tile(here, ":7", 2.5, 1);
        Row.Tile second = new Row.Tile(Unit.parse("logits:1"), "a \"dog\", barking", -.25, -.1);
        assertEquals("""
                line,layer,channel,name,row,column,value,share of positions below
                "mixed4a  at 3,5","mixed4a",7,":7",3,5,2.5,0.99
                "logits","logits",1,"a ""dog"", barking",,,-0.25,
                """, new String(ProbeExport.csv(List.of(new Row("mixed4a  at 3,5", List.of(first)),
                new Row("logits", List.of(second))), Map.of(here, .99)), StandardCharsets.UTF_8));
    }

    @Test
    void numbersUnderPicturesAreShort() {
        for (double value : new double[] {0, 1, -.0042, 12.345, -99.96, 1234, -3.2e-7, 9.999e9, .0996}) {
            assertTrue(ChannelRows.brief(value).length() <= 6, ChannelRows.brief(value));
        }
        assertEquals("−0.25", ChannelRows.brief(-.25));
        assertEquals("4.33", ChannelRows.brief(4.33));
    }
}
