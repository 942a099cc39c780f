package io.phonein.core

import java.time.DayOfWeek
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime

/** The same as java.time has it. */
fun CalendarDate.toJavaLocalDate(): LocalDate = LocalDate.of(year, month, day)

/** The same as a field of [KeyWizard] takes it. What no calendar of the core has becomes the nearest it has. */
fun LocalDate.toPhonein() = CalendarDate(year, monthValue, dayOfMonth)

/** The same as java.time has it. */
fun ClockTime.toJavaLocalTime(): LocalTime = LocalTime.of(hour, minute)

/** The same as a field of [KeyWizard] takes it, to the minute. */
fun LocalTime.toPhonein() = ClockTime(hour, minute)

/** Single use: the start date. */
fun KeyWizard.setStartDate(date: LocalDate) = setStartDate(date.toPhonein())

/** Single use: the start time. */
fun KeyWizard.setStartTime(time: LocalTime) = setStartTime(time.toPhonein())

/** Single use: the expiration date. */
fun KeyWizard.setExpiryDate(date: LocalDate) = setExpiryDate(date.toPhonein())

/** Single use: the expiration time. */
fun KeyWizard.setExpiryTime(time: LocalTime) = setExpiryTime(time.toPhonein())

/** Recurring: the first date. */
fun KeyWizard.setFrom(date: LocalDate) = setFrom(date.toPhonein())

/** Recurring: the last date. */
fun KeyWizard.setUntil(date: LocalDate) = setUntil(date.toPhonein())

/** Recurring: the time at which its hours begin. */
fun KeyWizard.setWindowStart(time: LocalTime) = setWindowStart(time.toPhonein())

/** Recurring: the time at which they end; at or before the start it is the next day's. */
fun KeyWizard.setWindowEnd(time: LocalTime) = setWindowEnd(time.toPhonein())

/** Recurring: chooses a weekday, or takes it back. */
fun KeyWizard.toggleDay(day: DayOfWeek) = toggleDay(day.value - 1)

/** When the key begins. */
val KeyStatus.Upcoming.startsAt: Instant get() = Instant.ofEpochSecond(starts)

/** The key's next opening. */
val KeyStatus.Outside.opensAt: Instant get() = Instant.ofEpochSecond(opens)

/** When this key opens next, if that is known. */
val TapState.Refused.opensAt: Instant? get() = opens?.let(Instant::ofEpochSecond)

/** When the key's time begins, if that is known. */
val Refusal.NotYet.opensAt: Instant? get() = opens?.let(Instant::ofEpochSecond)

/** The key's next opening, if that is known. */
val Refusal.OutsideHours.opensAt: Instant? get() = opens?.let(Instant::ofEpochSecond)
