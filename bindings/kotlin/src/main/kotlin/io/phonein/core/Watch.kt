package io.phonein.core

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.channels.trySendBlocking
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow

/**
 * What is different now, for as long as it is collected. It begins with every [Change], so that a screen which asks again
 * at each of them is right from the start:
 *
 * ```
 * phonein.watch().filter { Change.KEYS in it }.map { phonein.keys() }
 * ```
 *
 * A collector that takes its time misses nothing: what changed meanwhile is told together.
 */
fun Phonein.watch(): Flow<Set<Change>> =
    callbackFlow {
        val listener =
            object : ChangeListener {
                // Until the collector is ready this waits on a thread of the core's, which gathers what comes meanwhile.
                override fun onChange(changes: List<Change>) {
                    trySendBlocking(changes.toSet())
                }
            }
        watch(listener).use {
            send(Change.entries.toSet())
            awaitClose()
        }
    }.buffer(Channel.RENDEZVOUS)
