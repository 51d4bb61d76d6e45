package org.loupe.cli;

import java.io.UncheckedIOException;
import org.loupe.core.engine.EngineException;
import org.loupe.core.network.NetworkException;
import org.loupe.store.StoreException;
import org.loupe.store.StudyInUseException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong in one line on the error stream, and chooses the exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        StringBuilder message = new StringBuilder(problem.getMessage());
        if (!message.toString().endsWith(".")) {
            message.append('.');
        }
        if (problem instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            message.append(" Did you mean ").append(unmatched.getSuggestions().get(0)).append('?');
        }
        tell(command, message + " See " + command.getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        boolean expected = problem instanceof CommandException || problem instanceof StoreException
                || problem instanceof EngineException || problem instanceof NetworkException
                || problem instanceof IllegalArgumentException || isAboutFiles(problem);
        tell(command, expected ? message
                : "Something unforeseen happened: " + message + " Run the command again with --stacktrace to see where.");
        if (Settings.of(command).stacktrace) {
            problem.printStackTrace(command.getErr());
        }
        return exitCode(problem);
    }

    /** Whether somebody has said in words what could not be read or written. */
    private static boolean isAboutFiles(Exception problem) {
        return problem instanceof UncheckedIOException unchecked
                && !unchecked.getCause().toString().equals(unchecked.getMessage());
    }

    private static int exitCode(Exception problem) {
        if (problem instanceof CommandException chosen) {
            return chosen.exitCode();
        }
        if (problem instanceof StudyInUseException) {
            return ExitCode.STUDY_IN_USE;
        }
        if (problem instanceof StoreException || isAboutFiles(problem)) {
            return ExitCode.CANNOT_WRITE;
        }
        return problem instanceof NetworkException || problem instanceof IllegalArgumentException ? ExitCode.USAGE
                : ExitCode.FAILED;
    }

    private static void tell(CommandLine command, String message) {
        command.getErr().println("loupe: " + message);
        command.getErr().flush();
    }
}
