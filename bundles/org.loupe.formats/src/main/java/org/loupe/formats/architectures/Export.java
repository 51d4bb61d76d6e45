package org.loupe.formats.architectures;

/** What to do with weights whose architecture is not known. */
public final class Export {

    /** A sentence with the command. */
    public static final String ADVICE = "Export the whole network to ONNX instead, such as with"
            + " torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), \"network.onnx\"), and open that.";

    private Export() {
    }
}
