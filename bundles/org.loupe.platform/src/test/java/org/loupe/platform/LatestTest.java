package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestTest {

    private final Deque<Runnable> background = new ArrayDeque<>();
    private final Deque<Runnable> here = new ArrayDeque<>();
    private final List<String> shown = new ArrayList<>();
    private final List<Integer> looked = new ArrayList<>();
    private final Latest<Integer, String> latest = new Latest<>(question -> {
        looked.add(question);
        if (question < 0) {
            throw new IllegalArgumentException("negative");
        }
        return "answer " + question;
    }, (answer, problem) -> shown.add(problem == null ? answer : problem.getMessage()), background::add, here::add);

    private void run(Deque<Runnable> waiting) {
        while (!waiting.isEmpty()) {
            waiting.removeFirst().run();
        }
    }

    @Test
    void onlyTheNewestAnswerArrivesWhateverTheirOrder() {
        for (int question = 1; question <= 5; question++) {
            latest.ask(question);
        }
        while (!background.isEmpty()) {
            background.removeLast().run();
        }
        run(here);
        assertEquals(List.of("answer 5"), shown);
        assertEquals(List.of(5), looked, "nobody looks for answers that nobody waits for");
    }

    @Test
    void anAnswerThatCameTooLateIsDropped() {
        latest.ask(1);
        run(background);
        latest.ask(2);
        run(here);
        assertEquals(List.of(), shown);
        run(background);
        run(here);
        assertEquals(List.of("answer 2"), shown);
    }

    @Test
    void whatWentWrongArrives() {
        latest.ask(-1);
        run(background);
        run(here);
        assertEquals(List.of("negative"), shown);
    }

    @Test
    void nothingArrivesAfterClosing() {
        latest.ask(1);
        run(background);
        latest.close();
        run(here);
        assertEquals(List.of(), shown);
    }
}
