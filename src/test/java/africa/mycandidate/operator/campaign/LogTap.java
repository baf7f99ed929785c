package africa.mycandidate.operator.campaign;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What the operator logs, kept for each thread in place of being printed: each rehearsal runs on one. */
final class LogTap extends AppenderBase<ILoggingEvent> {
    private static final ThreadLocal<StringBuilder> LINES = ThreadLocal.withInitial(StringBuilder::new);

    static {
        var logger = (Logger) LoggerFactory.getLogger("africa.mycandidate.operator.reconcile.StackReconciler");
        var tap = new LogTap();
        tap.setContext(logger.getLoggerContext());
        tap.start();
        logger.addAppender(tap);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    private LogTap() {}

    @Override
    protected void append(ILoggingEvent event) {
        LINES.get().append(event.getFormattedMessage()).append('\n');
        if (event.getThrowableProxy() != null)
            LINES.get().append(event.getThrowableProxy().getMessage()).append('\n');
    }

    /** The lines of this thread since the last time. */
    static String drain() {
        var lines = LINES.get().toString();
        LINES.get().setLength(0);
        return lines;
    }
}
