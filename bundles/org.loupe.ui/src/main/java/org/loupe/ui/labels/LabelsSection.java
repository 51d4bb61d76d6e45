package org.loupe.ui.labels;

import java.util.List;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Family;
import org.loupe.core.annotation.Known;
import org.loupe.core.annotation.Known.Published;
import org.loupe.core.network.Network;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.UnitPage;
import org.loupe.ui.results.UnitSection;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;

/** What is written about a unit: its label, its families with their other members, and a note. All can be written here. */
public final class LabelsSection implements UnitSection {

    private static final int NOTE_LINES = 4;
    private static final int WIDTH = 160;
    private static final int MOST_MEMBERS = 24;

    private final Labels labels = Labels.of(PlatformUI.getWorkbench());
    private UnitPage page;
    private Composite body;
    private Text label;
    private Text note;
    private Composite families;
    private UnitInNetwork shown;

    /** Made by the Unit view. */
    public LabelsSection() {
    }

    @Override
    public void create(Composite parent, UnitPage of) {
        page = of;
        body = new Composite(parent, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(body);
        label = new Text(body, SWT.SINGLE | SWT.BORDER);
        label.setMessage("Label: what is it?");
        label.setToolTipText("What this unit is called, on the wall and everywhere (F2 does the same)");
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(label);
        families = new Composite(body, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(families);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(families);
        Paragraph about = new Paragraph(body);
        about.setText("Notes: what supports it, what speaks against it?");
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(about);
        note = new Text(body, SWT.MULTI | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
        note.setToolTipText("Notes: what supports the label, and what speaks against it?");
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, NOTE_LINES * note.getLineHeight()).applyTo(note);
        for (Text field : List.of(label, note)) {
            field.addListener(SWT.FocusOut, event -> write());
            field.addListener(SWT.KeyDown, event -> {
                if (event.keyCode == SWT.ESC) {
                    fill();
                }
            });
        }
        label.addListener(SWT.DefaultSelection, event -> write());
        Runnable ended = labels.listen(network -> {
            if (shown != null && shown.network() == network) {
                fill();
            }
        });
        body.addListener(SWT.Dispose, event -> {
            write();
            ended.run();
        });
    }

    @Override
    public void show(UnitInNetwork unit) {
        write();
        shown = unit;
        fill();
    }

    /** Takes what stands in the fields as written. */
    private void write() {
        if (shown == null) {
            return;
        }
        Known known = labels.known(shown.network());
        if (!label.getText().equals(label.getData())) {
            label.setData(label.getText());
            labels.change(shown.network(), new Edit.Label(shown.unit(), label.getText()));
        }
        if (!note.getText().equals(note.getData()) && known != Known.NOTHING) {
            note.setData(note.getText());
            labels.change(shown.network(), new Edit.Note(shown.unit(), note.getText()));
        }
    }

    private void fill() {
        Known known = labels.known(shown.network());
        fill(label, known.own().label(shown.unit()).orElse(""));
        fill(note, known.own().note(shown.unit()).orElse(""));
        label.setEnabled(known != Known.NOTHING);
        note.setEnabled(known != Known.NOTHING);
        for (Control old : families.getChildren()) {
            old.dispose();
        }
        known.own().families(shown.unit()).forEach(family -> show(family, "", true));
        for (Published set : known.published()) {
            set.annotations().label(shown.unit()).ifPresent(text -> text("“" + text + "” in " + set.name(), ""));
            set.annotations().note(shown.unit()).ifPresent(text -> text("Note in " + set.name() + ": " + text, ""));
            set.annotations().families(shown.unit()).forEach(family -> show(family, set.name(), false));
        }
        if (families.getChildren().length == 0) {
            text("In no family yet. “Add to Family…” in the context menu groups units.", "");
        }
        ScrollingPage.fitAround(body);
    }

    private static void fill(Text field, String text) {
        field.setData(text);
        if (!field.getText().equals(text)) {
            field.setText(text);
        }
    }

    private void show(Family family, String from, boolean own) {
        StringBuilder text = new StringBuilder("<a href=\"family\">").append(escaped(family.name())).append("</a>");
        text.append(family.kind().isEmpty() ? "" : " (" + escaped(family.kind()) + ")");
        text.append(from.isEmpty() ? "" : ", " + escaped(from)).append(":");
        List<Unit> members = family.units();
        int at = Math.max(0, Math.min(members.indexOf(shown.unit().at(Unit.EVERYWHERE)) - MOST_MEMBERS / 2,
                members.size() - MOST_MEMBERS));
        text.append(at > 0 ? " …" : "");
        for (Unit unit : members.subList(at, Math.min(members.size(), at + MOST_MEMBERS))) {
            boolean here = unit.equals(shown.unit().at(Unit.EVERYWHERE));
            String name = unit.layer().equals(shown.unit().layer()) ? ":" + unit.channel() : unit.toString();
            text.append(here ? " " + name : " <a href=\"" + unit + "\">" + name + "</a>");
        }
        text.append(at + MOST_MEMBERS < members.size() ? " …" : "");
        text.append(own ? "   <a href=\"leave\">take out</a>" : "");
        Link link = new Link(families, SWT.WRAP);
        link.setText(text.toString());
        link.setToolTipText(family.about().isEmpty() ? family.units().size() + " units" : family.about());
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(link);
        Network network = shown.network();
        Unit unit = shown.unit();
        link.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            if ("leave".equals(event.text)) {
                labels.change(network, Edit.Group.removing(labels.known(network).own(), family.name(), List.of(unit)));
            } else if (!"family".equals(event.text)) {
                page.open(new UnitInNetwork(network, Unit.parse(event.text)));
            } else {
                next(network, family, unit);
            }
        }));
    }

    /** Goes on to the next member. */
    private void next(Network network, Family family, Unit unit) {
        int at = family.units().indexOf(unit.at(Unit.EVERYWHERE));
        page.open(new UnitInNetwork(network, family.units().get((at + 1) % family.units().size())));
    }

    private void text(String text, String tooltip) {
        Paragraph line = new Paragraph(families, Palette::muted);
        line.setText(text);
        line.setToolTipText(tooltip.isEmpty() ? null : tooltip);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(line);
    }

    private static String escaped(String text) {
        return text.replace("&", "&&").replace("<", "‹").replace(">", "›");
    }
}
