package io.phonein.app.keys

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import io.phonein.core.DeviceKeysException
import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

/** P-256 keys in Android's keystore: in the processor's own vault, or in a chip beside it where that is wished. */
internal class SigningKeys(
    private val isStrongBox: Boolean,
) {
    private val store = androidKeystore()

    /** The public key as SEC 1 has it, of a key that is made if there is none. */
    @Synchronized
    fun create(alias: String): ByteArray {
        if (!store.containsAlias(alias)) make(alias)
        return (store.getCertificate(alias).publicKey as ECPublicKey).sec1()
    }

    fun sign(
        alias: String,
        text: ByteArray,
    ): ByteArray {
        val key = store.getKey(alias, null) as? PrivateKey ?: throw DeviceKeysException.Missing()
        return Signature.getInstance("SHA256withECDSA").run {
            initSign(key)
            update(text)
            sign()
        }
    }

    @Synchronized
    fun forget(alias: String) = store.deleteEntry(alias)

    private fun make(alias: String) {
        try {
            generate(alias, isStrongBox)
        } catch (_: StrongBoxUnavailableException) {
            generate(alias, inStrongBox = false)
        }
    }

    // Not bound to presence: the app asks for it where the person wishes, before the tap begins.
    private fun generate(
        alias: String,
        inStrongBox: Boolean,
    ) {
        val spec =
            KeyGenParameterSpec
                .Builder(alias, KeyProperties.PURPOSE_SIGN)
                .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                .setDigests(KeyProperties.DIGEST_SHA256)
        if (inStrongBox && Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) spec.setIsStrongBoxBacked(true)
        KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, ANDROID_KEYSTORE).run {
            initialize(spec.build())
            generateKeyPair()
        }
    }
}

internal const val ANDROID_KEYSTORE = "AndroidKeyStore"

internal fun androidKeystore(): KeyStore = KeyStore.getInstance(ANDROID_KEYSTORE).apply { load(null) }

private fun ECPublicKey.sec1() = byteArrayOf(4) + w.affineX.to32Bytes() + w.affineY.to32Bytes()

private fun BigInteger.to32Bytes(): ByteArray {
    val bytes = toByteArray().takeLast(32)
    return ByteArray(32 - bytes.size) + bytes
}
