package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Layout;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;

class ScrollingPageTest {

    private static final String LONG = "Words that do not fit into one line of a narrow page. ".repeat(8);

    private final Shell shell = new Shell(Ui.shell());
    private ScrollingPage page;
    private Composite section;
    private Paragraph words;
    private int layouts;

    @BeforeEach
    void open() {
        shell.setLayout(new FillLayout());
        page = new ScrollingPage(shell);
        section = new Composite(page.body(), SWT.NONE);
        section.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        section.setLayout(new Counting());
        words = new Paragraph(section);
        words.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        words.setText("Few");
        shell.setSize(300, 200);
        shell.open();
        page.fit();
        Ui.settle();
        layouts = 0;
    }

    @AfterEach
    void close() {
        shell.dispose();
    }

    /** Gives all room to the words, and counts how often it does. */
    private final class Counting extends Layout {

        @Override
        protected Point computeSize(Composite composite, int widthHint, int heightHint, boolean flushCache) {
            return new Point(widthHint == SWT.DEFAULT ? 50 : widthHint, words == null ? 0
                    : words.computeSize(widthHint, heightHint, flushCache).y);
        }

        @Override
        protected void layout(Composite composite, boolean flushCache) {
            layouts++;
            words.setBounds(composite.getClientArea());
        }
    }

    @Test
    void whatChangesWhileThePageIsHeldIsLaidOutOnceAfterwards() {
        int before = words.getSize().y;
        page.hold();
        for (int part = 1; part <= 5; part++) {
            words.setText(LONG.substring(0, LONG.length() * part / 5));
            ScrollingPage.fitAround(words);
        }
        assertTrue(ScrollingPage.isChanging(words));
        assertEquals(0, layouts);
        assertEquals(before, words.getSize().y);
        Ui.until("the page is laid out", () -> !ScrollingPage.isChanging(words));
        assertTrue(words.getSize().y > 3 * before, before + " and now " + words.getSize().y);
        assertEquals(1, layouts);
    }

    @Test
    void partsThatAskTogetherAreLaidOutTogether() {
        words.setText(LONG);
        for (int part = 0; part < 3; part++) {
            ScrollingPage.fitAround(words);
        }
        assertEquals(0, layouts);
        Ui.until("the page is laid out", () -> !ScrollingPage.isChanging(words));
        assertEquals(1, layouts);
    }

    @Test
    void aPageThatIsClosedWhileItIsHeldIsLeftInPeace() {
        page.hold();
        ScrollingPage.fitAround(words);
        page.control().dispose();
        Ui.settle();
        assertFalse(shell.isDisposed());
    }

    @Test
    void theWheelScrollsThePageAndTurnsNoChoice() {
        words.setText(LONG);
        Combo combo = new Combo(section, SWT.READ_ONLY);
        combo.setItems("one", "two");
        combo.select(0);
        ScrollingPage.keepWheel(combo);
        page.fit();
        Event wheel = new Event();
        wheel.count = -3;
        combo.notifyListeners(SWT.MouseVerticalWheel, wheel);
        assertFalse(wheel.doit);
        assertEquals(0, combo.getSelectionIndex());
        assertTrue(page.top() > 0, "scrolled to " + page.top());
    }

    @Test
    void aParagraphIsAsTallAsItsWordsNeed() {
        words.setText(LONG);
        int narrow = words.computeSize(120, SWT.DEFAULT).y;
        int wide = words.computeSize(600, SWT.DEFAULT).y;
        assertTrue(narrow > 3 * wide, narrow + " and " + wide);
        words.setText("Few");
        assertTrue(words.computeSize(120, SWT.DEFAULT).y < wide, "what was measured of other words is forgotten");
    }
}
