package org.loupe.ui.examples;

import java.util.Optional;
import org.loupe.core.scan.ActivationSpectra;
import org.loupe.core.scan.EffectiveField;
import org.loupe.core.scan.EffectiveFields;
import org.loupe.core.scan.FindSpectrum;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.platform.StoredSpectra;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.Inquiry;

/**
 * How it stands with the examples of a unit.
 *
 * @param unit     the unit
 * @param pictures name, folder or file of the pictures that its network is asked with; nothing where none were chosen
 * @param count    how many these are
 * @param inquiry  how the scan of all layers stands; {@code null} where there are no pictures
 * @param seconds  how long it would take, as far as it is not done
 * @param subject  what is stored, complete or partial, from that scan or another one
 * @param degrees  how it stands with positions of all degrees, of the whole layer where that is not too large; {@code null}
 *                 where there are no pictures
 * @param spectrum positions of all degrees that are stored, of this or another question
 * @param field    how it stands with what the unit looks at; {@code null} where there are no pictures
 */
record State(UnitInNetwork unit, Optional<String> pictures, int count, Inquiry<Scan.Arguments, Scanned> inquiry,
        double seconds, Optional<Subject> subject,
        Inquiry<FindSpectrum.Arguments, ActivationSpectra> degrees, Optional<StoredSpectra.Stored> spectrum,
        Inquiry<EffectiveField.Arguments, EffectiveFields> field) {

    /** What the unit really looks at, where that was found. */
    Optional<EffectiveFields.Field> looksAt() {
        return Optional.ofNullable(field).flatMap(Inquiry::finding).filter(finding -> !finding.isGrowing())
                .map(finding -> finding.result().fields().get(0)).filter(found -> found.effective().rows() > 0);
    }
}
