package org.loupe.cli;

import java.util.Map;
import org.loupe.core.network.Network;
import org.loupe.core.probe.Probed;
import org.loupe.core.tuning.Tuned;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.ChannelScans;

/**
 * What the shell says of an answer. Most results say it themselves; these need what only the study or the disk knows:
 * how the numbers stand among the network's own pictures, and where the files are.
 */
interface AnswerReport {

    /** Whole lines for a person. */
    String text();

    /** What JSON has beside recipe and folder. */
    Map<String, Object> json();

    /** That of an answer. */
    static AnswerReport of(Answer answer, Network network, ChannelScans scans) {
        if (answer.result() instanceof Probed probed) {
            return new ProbeReport(scans, network, probed, answer.folder());
        }
        if (answer.result() instanceof Visualized visualized) {
            return new PictureReport(visualized, answer);
        }
        return new AnswerReport() {
            @Override
            public String text() {
                return (answer.result() instanceof Tuned tuned ? new TuningTable(tuned, network, scans).text()
                        : answer.result().text()) + answer.folder() + System.lineSeparator();
            }

            @Override
            public Map<String, Object> json() {
                return Map.of();
            }
        };
    }
}
