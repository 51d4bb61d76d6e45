package org.loupe.ui.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.osgi.service.prefs.Preferences;

class CostsTest {

    private static final Network NETWORK = new Network("two", "", new Input(new Shape(1, 4, 4), new float[1],
            new float[] {1}), List.of(point("low", Network.INPUT), point("high", "low")),
            List.of(new Layer("low", "low", "low", ""), new Layer("high", "high", "high", "")), List.of());

    private static Convolution point(String name, String input) {
        return new Convolution(name, input, new Weights(new int[] {1, 1, 1, 1}, new float[] {1}), Weights.vector(0),
                Window.square(1, 1, 0), 1);
    }

    @Test
    void theWorkGrowsWithDepthStepsAndPictures() {
        double low = Costs.work(NETWORK, new Unit("low", 0), 10, 1);
        assertEquals(2 * low, Costs.work(NETWORK, new Unit("high", 0), 10, 1));
        assertEquals(12 * low, Costs.work(NETWORK, new Unit("low", 0), 40, 3));
    }

    @Test
    void estimatesFollowTheLastRuns() {
        Costs costs = new Costs(preferences());
        costs.learn(NETWORK, 1000, 4);
        assertEquals(2, costs.seconds(NETWORK, 500), 1e-9);
        costs.learn(NETWORK, 1000, 2);
        double seconds = costs.seconds(NETWORK, 1000);
        assertTrue(seconds > 2 && seconds < 4, seconds + " s");
    }

    /** Preferences that keep numbers, and nothing else, in memory. */
    private static Preferences preferences() {
        Map<Object, Object> kept = new HashMap<>();
        return (Preferences) Proxy.newProxyInstance(Preferences.class.getClassLoader(),
                new Class<?>[] {Preferences.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDouble" -> kept.getOrDefault(arguments[0], arguments[1]);
                    case "putDouble" -> {
                        kept.put(arguments[0], arguments[1]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
