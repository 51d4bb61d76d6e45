package org.loupe.engine.onednn;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.loupe.core.engine.EngineException;

/**
 * The native library.
 *
 * <p>JavaCPP, which loads it, is steered by system properties. The other engine has a JavaCPP of its own, in another
 * version, so the properties are set only while this one starts, under a lock that both can take.
 */
final class Library {

    /** Says where natives are unpacked; without it, the user's own cache. */
    static final String CACHE = "org.loupe.cache";

    private static final String PREFIX = "org.bytedeco.javacpp.";

    private Library() {
    }

    /**
     * Loads the library, once.
     *
     * @return the file through which Java reaches it, which is linked to it
     * @throws EngineException when there is none for this machine
     */
    static String load() {
        synchronized (System.getProperties()) {
            String cache = System.getProperty(PREFIX + "cachedir");
            String physical = System.getProperty(PREFIX + "maxphysicalbytes");
            String bytes = System.getProperty(PREFIX + "maxbytes");
            try {
                System.setProperty(PREFIX + "cachedir", cache().resolve("onednn-3.11").toString());
                System.setProperty(PREFIX + "maxphysicalbytes", "0");
                System.setProperty(PREFIX + "maxbytes", "0");
                Pointer.maxBytes();
                return Loader.load(dnnl.class);
            } catch (LinkageError | RuntimeException missing) {
                throw new EngineException("The oneDNN engine has no native library that runs on this machine ("
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                        + "): " + missing.getMessage() + ". Choose another engine with --engine.", missing);
            } finally {
                restore("cachedir", cache);
                restore("maxphysicalbytes", physical);
                restore("maxbytes", bytes);
            }
        }
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(PREFIX + property);
        } else {
            System.setProperty(PREFIX + property, value);
        }
    }

    private static Path cache() {
        String chosen = System.getProperty(CACHE);
        if (chosen != null) {
            return Path.of(chosen);
        }
        String user = System.getenv("XDG_CACHE_HOME");
        return (user != null && !user.isBlank() ? Path.of(user) : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("loupe");
    }

    /** Such as {@code oneDNN 3.11.0, avx512_core_bf16, 2 threads}. */
    static String describe() {
        load();
        dnnl_version_t version = dnnl.version();
        String instructions = dnnl.get_effective_cpu_isa().toString().toLowerCase(Locale.ROOT);
        return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch() + ", " + instructions + ", "
                + (threads() == 1 ? "1 thread" : threads() + " threads")
                + (threads() == 1 || Threads.canBeFewer() ? "" : " for everything");
    }

    /**
     * How many threads one pass uses at most, as OpenMP reads it from the environment when it is loaded.
     */
    static int threads() {
        return Optional.ofNullable(System.getenv("OMP_NUM_THREADS")).filter(text -> text.matches("[1-9]\\d{0,3}"))
                .map(Integer::parseInt).orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }
}
