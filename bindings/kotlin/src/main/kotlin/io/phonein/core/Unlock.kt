package io.phonein.core

import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.withContext

/**
 * Presses a door's button when it is collected: each step, the end, and once a second while the door is open. It completes
 * once what happened is written down and the door is shut; the next press is another tap. A press on a door that is asked
 * or open already joins that tap.
 *
 * Cancelling the collection ends the tap as [Unlock.cancel] does. For a door that opens although its screen is left, collect
 * in a scope that outlives the screen; [Phonein.home] shows the tap in hand.
 *
 * @param key the one that was tapped in KEYS; `null` for the round button, where a manager opens by their own right and a
 *   guest with the key the button shows.
 * @throws UnlockException from the collection, if the door was not asked.
 */
fun Phonein.unlock(
    intercom: String,
    key: String? = null,
    door: Door = Door.ENTRANCE,
): Flow<Tap> =
    callbackFlow {
        val listener =
            object : UnlockListener {
                override fun onTap(
                    tap: Tap,
                    isFinal: Boolean,
                ) {
                    trySend(tap)
                    if (isFinal) close()
                }
            }
        // A tap that was begun must come back here, to be ended.
        withContext(NonCancellable) { unlock(intercom, key, door, listener) }.use { unlock ->
            awaitClose(unlock::cancel)
        }
    }.buffer(Channel.UNLIMITED)
