package org.loupe.formats.tensorflow;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.loupe.core.network.NetworkException;

/** A file in protobuf's encoding, whose parts are never believed to be longer than the file. */
final class Wire {

    private final CodedInputStream in;
    private final long size;

    Wire(InputStream stream, long size) {
        this.in = CodedInputStream.newInstance(stream);
        this.in.setSizeLimit(Integer.MAX_VALUE);
        this.size = size;
    }

    interface Part<T> {
        T read() throws IOException;
    }

    CodedInputStream in() {
        return in;
    }

    <T> T message(Part<T> part) throws IOException {
        int limit = in.pushLimit(length());
        T read = part.read();
        in.checkLastTagWas(0);
        in.popLimit(limit);
        return read;
    }

    interface Element {
        void read() throws IOException;
    }

    /** Numbers without tags between them. */
    void packed(Element element) throws IOException {
        int limit = in.pushLimit(length());
        while (!in.isAtEnd()) {
            element.read();
        }
        in.popLimit(limit);
    }

    private int length() throws IOException {
        int length = in.readRawVarint32();
        if (length < 0 || length > size - in.getTotalBytesRead()) {
            throw new NetworkException("It is broken or cut off: a part of " + length + " bytes is to begin at byte "
                    + in.getTotalBytesRead() + " of " + size);
        }
        return length;
    }

    byte[] bytes() throws IOException {
        return in.readRawBytes(length());
    }

    String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
