package io.phonein.ui

import io.phonein.core.Change
import io.phonein.core.Phonein
import io.phonein.core.watch
import kotlinx.coroutines.flow.filter

/** Asks the core now, and again whenever this reads otherwise, until it is cancelled. */
internal suspend fun Phonein.follow(
    change: Change,
    ask: suspend () -> Unit,
) = watch().filter { change in it }.collect { ask() }
