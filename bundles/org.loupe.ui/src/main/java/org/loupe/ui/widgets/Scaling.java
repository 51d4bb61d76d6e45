package org.loupe.ui.widgets;

import org.eclipse.swt.SWT;

/** How a picture is brought to the size in which it is drawn. */
public enum Scaling {
    /** For photographs and pictures that an optimiser has made. GTK enlarges with what it calls high as if with none. */
    SMOOTH(SWT.DEFAULT),
    /** For kernels and maps, where each value is to be seen. */
    NEAREST(SWT.NONE);

    private final int interpolation;

    Scaling(int interpolation) {
        this.interpolation = interpolation;
    }

    int interpolation() {
        return interpolation;
    }
}
