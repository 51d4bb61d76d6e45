package org.loupe.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingBackendTest {

    @Test
    void withoutNativeLibrariesTheEngineSaysWhatIsMissingEachTimeItIsAsked() throws Exception {
        ClassLoader jdk = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader others = new URLClassLoader(classPathWithoutNatives(), jdk)) {
            Object engine = others.loadClass(Nd4jEngine.class.getName()).getConstructor().newInstance();
            Method description = engine.getClass().getMethod("description");
            for (int attempt = 0; attempt < 2; attempt++) {
                Throwable refused = refused(engine, description);
                assertEquals("org.loupe.core.engine.EngineException", refused.getClass().getName());
                assertTrue(refused.getMessage().contains("native libraries"), refused.getMessage());
            }
        }
    }

    private static Throwable refused(Object engine, Method description) throws IllegalAccessException {
        try {
            throw new AssertionError("It started: " + description.invoke(engine));
        } catch (InvocationTargetException thrown) {
            return thrown.getCause();
        }
    }

    private static URL[] classPathWithoutNatives() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!new File(entry).getName().contains("-x86_64")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
