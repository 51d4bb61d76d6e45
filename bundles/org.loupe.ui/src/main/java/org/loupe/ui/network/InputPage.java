package org.loupe.ui.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.ModifyListener;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Shape;
import org.loupe.platform.OpenedNetwork;
import org.loupe.ui.Lookup;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.PictureState;
import org.loupe.ui.widgets.Scaling;

/** What a file has in it, and what its network wants to be shown. */
final class InputPage extends WizardPage {

    private static final int LARGEST = 4096;
    private static final int TEXT_WIDTH = 360;
    private static final int PICTURE = 150;

    private final OpenedNetwork opened;
    private Spinner rows;
    private Spinner columns;
    private Combo known;
    private Text custom;
    private PictureCanvas picture;
    private PictureCanvas seen;
    private Label ranges;
    private Lookup<Preview.Question, Preview> previews;
    private Optional<Path> sample = Optional.empty();
    private Preparation preparation;

    InputPage(OpenedNetwork opened) {
        super("input", "Input of " + opened.network(), null);
        this.opened = opened;
        this.preparation = Preparation.of(opened.network());
        setDescription(description(opened));
    }

    private static String description(OpenedNetwork opened) {
        boolean colours = opened.reading().colours() != Certainty.STATED;
        boolean size = opened.reading().size() != Certainty.STATED;
        return colours || size ? "The file does not say " + (colours ? "how colours become its numbers" : "")
                + (colours && size ? ", nor " : "") + (size ? "how large its pictures are" : "")
                + ". Please look at what is proposed." : "What is in the file, and what the network is shown.";
    }

    @Override
    public void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(2).spacing(18, 8).applyTo(page);
        Composite left = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(10, 6).applyTo(left);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(left);
        makeFacts(left);
        makeChoices(left);
        makeRemarks(left);
        makePreview(page);
        previews = new Lookup<>("a picture as a network sees it", page.getDisplay(), Preview::of, this::show,
                problem -> ranges.setText(problem.getMessage()));
        page.addDisposeListener(event -> previews.close());
        setControl(page);
        changed();
    }

    private void makeFacts(Composite parent) {
        Network network = opened.network();
        fact(parent, "File", opened.file().map(file -> file.getFileName() + " (" + opened.format() + ")")
                .orElse("none"));
        fact(parent, "Network", network.layers().size() + " layers, " + Facts.number(network.parameters())
                + " parameters, " + Facts.number(Facts.multiplications(network)) + " multiplications for a picture");
        fact(parent, "Classes", network.classes().isEmpty() ? "without names" : network.classes().size() + ": "
                + String.join(", ", network.classes().subList(0, Math.min(5, network.classes().size())))
                + (network.classes().size() > 5 ? ", …" : ""));
    }

    private static void fact(Composite parent, String name, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(name);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(label);
        Label value = new Label(parent, SWT.WRAP);
        value.setText(text);
        GridDataFactory.fillDefaults().grab(true, false).hint(TEXT_WIDTH, SWT.DEFAULT).applyTo(value);
    }

    private void makeChoices(Composite parent) {
        Shape shape = opened.network().input().shape();
        new Label(parent, SWT.NONE).setText("Pictures");
        Composite size = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).applyTo(size);
        rows = spinner(size, shape.rows());
        new Label(size, SWT.NONE).setText("rows ×");
        columns = spinner(size, shape.columns());
        new Label(size, SWT.NONE).setText("columns");
        certainty(parent, opened.reading().size(), opened.size());
        new Label(parent, SWT.NONE).setText("Colours");
        known = new Combo(parent, SWT.READ_ONLY);
        Preparation.KNOWN.forEach(one -> known.add(one.name() + " – " + one.about()));
        known.add("other numbers:");
        GridDataFactory.fillDefaults().grab(true, false).hint(TEXT_WIDTH, SWT.DEFAULT).applyTo(known);
        new Label(parent, SWT.NONE);
        custom = new Text(parent, SWT.BORDER);
        custom.setMessage("mean 127.5,127.5,127.5 deviation 127.5,127.5,127.5");
        custom.setToolTipText("The network sees (255 · colour − mean) / deviation; three numbers each, for red, green and"
                + " blue; “bgr” in front where it reads blue first");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(custom);
        certainty(parent, opened.reading().colours(), opened.colours());
        int index = indexOf(preparation);
        known.select(index < 0 ? Preparation.KNOWN.size() : index);
        custom.setText(index < 0 ? preparation.toString() : "");
        known.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            if (known.getSelectionIndex() == Preparation.KNOWN.size() && custom.getText().isBlank()) {
                custom.setText(numbers(preparation));
            }
            changed();
        }));
        ModifyListener listener = event -> changed();
        custom.addModifyListener(listener);
        rows.addModifyListener(listener);
        columns.addModifyListener(listener);
    }

    private static int indexOf(Preparation preparation) {
        List<Preparation> all = Preparation.KNOWN.stream().map(Preparation.Known::preparation).toList();
        return all.indexOf(preparation);
    }

    /** The numbers of a preparation, even where it has a name. */
    private static String numbers(Preparation preparation) {
        return (preparation.reversed() ? "bgr " : "") + "mean " + list(preparation.mean()) + " deviation "
                + list(preparation.deviation());
    }

    private static String list(List<Float> values) {
        return String.join(",", values.stream().map(String::valueOf).toList());
    }

    private Spinner spinner(Composite parent, int value) {
        Spinner spinner = new Spinner(parent, SWT.BORDER);
        spinner.setValues(value, 1, LARGEST, 0, 1, 32);
        spinner.setEnabled(opened.file().isPresent());
        return spinner;
    }

    private static void certainty(Composite parent, Certainty certainty, String words) {
        new Label(parent, SWT.NONE);
        Label label = new Label(parent, SWT.WRAP);
        label.setText(Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".");
        label.setForeground(certainty == Certainty.STATED ? Palette.of(parent).muted()
                : Palette.of(parent).warning());
        GridDataFactory.fillDefaults().grab(true, false).hint(TEXT_WIDTH, SWT.DEFAULT).applyTo(label);
    }

    private void makeRemarks(Composite parent) {
        if (opened.remarks().isEmpty()) {
            return;
        }
        Label heading = new Label(parent, SWT.NONE);
        heading.setText("Remarks");
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(heading);
        Text text = new Text(parent, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY | SWT.V_SCROLL | SWT.BORDER);
        text.setText(String.join("\n", opened.remarks()));
        GridDataFactory.fillDefaults().grab(true, true).hint(TEXT_WIDTH, 60).applyTo(text);
    }

    private void makePreview(Composite parent) {
        Composite right = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(4, 6).applyTo(right);
        GridDataFactory.fillDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(right);
        picture = canvas(right, "A picture, cut to size");
        seen = canvas(right, "As the network sees it");
        ranges = new Label(right, SWT.WRAP);
        GridDataFactory.fillDefaults().hint(PICTURE + 40, 60).applyTo(ranges);
        Button choose = new Button(right, SWT.PUSH);
        choose.setText("Choose Picture…");
        choose.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
            dialog.setFilterExtensions(new String[] {"*.png;*.jpg;*.jpeg;*.gif;*.bmp", "*"});
            String file = dialog.open();
            if (file != null) {
                sample = Optional.of(Path.of(file));
                changed();
            }
        }));
    }

    private static PictureCanvas canvas(Composite parent, String caption) {
        PictureCanvas canvas = new PictureCanvas(parent, SWT.NONE, Scaling.SMOOTH, PICTURE);
        canvas.setCaption(caption);
        GridDataFactory.swtDefaults().hint(PICTURE + 40, SWT.DEFAULT).applyTo(canvas);
        return canvas;
    }

    private void show(Preview preview) {
        if (!ranges.isDisposed()) {
            picture.show(preview.picture(), 0, PictureState.DONE);
            seen.show(preview.seen(), 0, PictureState.DONE);
            ranges.setText(String.join("\n", preview.ranges()));
        }
    }

    private void changed() {
        custom.setEnabled(known.getSelectionIndex() == Preparation.KNOWN.size());
        setErrorMessage(null);
        try {
            preparation = known.getSelectionIndex() < Preparation.KNOWN.size()
                    ? Preparation.KNOWN.get(known.getSelectionIndex()).preparation()
                    : Preparation.parse(custom.getText());
            preparation.applied(opened.network());
            previews.ask(new Preview.Question(opened.network(), preparation, sample));
            setPageComplete(true);
        } catch (NetworkException senseless) {
            setErrorMessage(senseless.getMessage());
            setPageComplete(false);
        }
    }

    /** What is chosen now, with nothing left open. */
    InputChoice choice() {
        return new InputChoice(rows.getSelection(), columns.getSelection(), Optional.of(preparation));
    }
}
