package io.phonein.core

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow

/**
 * Adds the intercom with this UUID when it is collected: each step, then the end, after which it completes. Cancelling the
 * collection ends the attempt; adding the same device again finishes what the intercom may have accepted already.
 *
 * @param code the UUID as it was typed or scanned, with or without the address behind a space.
 * @param address counts more than one in [code]; empty for none.
 * @param name what the intercom is called here.
 * @param ownName what its activity calls this phone's person.
 * @throws AddException from the collection, if one of these is wrong.
 */
fun Phonein.addIntercom(
    code: String,
    address: String = "",
    name: String,
    ownName: String,
): Flow<PairingProgress> =
    callbackFlow {
        val listener =
            object : PairingListener {
                override fun onPairing(progress: PairingProgress) {
                    trySend(progress)
                    if (progress.isFinal()) close()
                }
            }
        addIntercom(code, address, name, ownName, listener).use { awaitClose() }
    }.buffer(Channel.UNLIMITED)
