package io.phonein.app

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import io.phonein.core.Phonein
import io.phonein.core.WalletException
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate

/** While the app is on screen: delivers and asks at once, and again whenever a network comes. */
suspend fun keepInTouch(
    context: Context,
    phonein: Phonein,
) = networks(context).conflate().collect {
    try {
        phonein.sync()
    } catch (_: WalletException) {
        // The screens say how far everything has got.
    }
}

private fun networks(context: Context): Flow<Unit> =
    callbackFlow {
        val connectivity = context.system<ConnectivityManager>()
        val callback =
            object : ConnectivityManager.NetworkCallback() {
                override fun onAvailable(network: Network) {
                    trySend(Unit)
                }
            }
        // Without a network there is Bluetooth.
        send(Unit)
        connectivity.registerDefaultNetworkCallback(callback)
        awaitClose { connectivity.unregisterNetworkCallback(callback) }
    }
