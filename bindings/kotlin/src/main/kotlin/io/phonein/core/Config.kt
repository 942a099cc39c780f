package io.phonein.core

import java.nio.file.Path
import java.time.ZoneId
import java.util.Locale

/**
 * How the core is started, with the language and the time zone of this computer or phone.
 *
 * @param directory one of the app's own that no backup takes along and no other app reads. It is made if it is not there.
 * @param dayClock how times of day are written; on Android ask `DateFormat.is24HourFormat`.
 */
fun Config(
    directory: Path,
    dayClock: DayClock,
    locale: Locale = Locale.getDefault(),
    zone: ZoneId = ZoneId.systemDefault(),
) = Config(directory.toString(), locale.toLanguageTag(), dayClock, zone.id)

/** The language and the ways of writing time changed, or the phone is in another zone now. */
fun Phonein.setLocale(
    dayClock: DayClock,
    locale: Locale = Locale.getDefault(),
    zone: ZoneId = ZoneId.systemDefault(),
) = setLocale(locale.toLanguageTag(), dayClock, zone.id)
