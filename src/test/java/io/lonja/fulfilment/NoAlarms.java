package io.lonja.fulfilment;

import io.lonja.alarm.Alarms;
import java.time.Instant;

/** Where no alarm is looked at. */
final class NoAlarms implements Alarms {

    @Override
    public void open(String cause, String sentence, Instant at) {}

    @Override
    public void close(String cause, Instant at) {}
}
