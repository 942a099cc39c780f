package io.phonein.app.keys

import io.phonein.core.DeviceKeys
import java.io.File

/**
 * The phone's secure keys in Android's keystore: signing keys that never leave it, and one secret for the wallet that lies
 * in [directory] wrapped by another of its keys. Asked on threads of the core.
 *
 * @param directory one that no backup takes along.
 * @param isStrongBox whether keys are made in a chip of their own, where there is one: slower by up to a second a tap.
 */
class KeystoreKeys(
    directory: File,
    isStrongBox: Boolean,
) : DeviceKeys {
    private val signing = SigningKeys(isStrongBox)
    private val wrapping = WrappedSecret(File(directory, "wrapping.key"), KeystoreSeal())

    override fun create(alias: String): ByteArray = told { signing.create(alias) }

    override fun sign(
        alias: String,
        text: ByteArray,
    ): ByteArray = told { signing.sign(alias, text) }

    override fun forget(alias: String) = told { signing.forget(alias) }

    override fun wrappingKey(): ByteArray = told { wrapping.get() }
}
