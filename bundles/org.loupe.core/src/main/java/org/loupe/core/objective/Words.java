package org.loupe.core.objective;

import java.util.List;

/** What stands between the parentheses of an objective that has a name. */
final class Words {

    private Words() {
    }

    /**
     * Checks how many there are.
     *
     * @param example how it is written
     */
    static void require(List<String> arguments, int least, int most, String example) {
        if (arguments.size() < least || arguments.size() > most) {
            throw new IllegalArgumentException(example.substring(0, example.indexOf('(')) + " has "
                    + (least == most ? String.valueOf(least) : least + " to " + most)
                    + (most == 1 ? " argument" : " arguments") + ", not " + arguments.size() + ": write " + example + ".");
        }
    }

    /** The argument at an index as a number, or another number where there is none. */
    static double number(List<String> arguments, int index, double otherwise, String example) {
        if (index >= arguments.size()) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(arguments.get(index));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw refused(arguments.get(index), example, notOne);
        }
        throw refused(arguments.get(index), example, null);
    }

    private static IllegalArgumentException refused(String text, String example, Throwable reason) {
        return new IllegalArgumentException("“" + text + "” is no number: write " + example + ".", reason);
    }
}
