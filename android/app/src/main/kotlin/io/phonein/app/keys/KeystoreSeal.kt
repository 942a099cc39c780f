package io.phonein.app.keys

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** AES-256-GCM under a key of Android's keystore: nonce, ciphertext, tag. */
internal class KeystoreSeal : Seal {
    private val store = androidKeystore()

    override fun seal(secret: ByteArray): ByteArray {
        val cipher = Cipher.getInstance(AES_GCM)
        // The nonce is the keystore's own choice.
        cipher.init(Cipher.ENCRYPT_MODE, key() ?: make())
        return cipher.iv + cipher.doFinal(secret)
    }

    override fun open(sealed: ByteArray): ByteArray? {
        val key = key() ?: return null
        if (sealed.size < NONCE + TAG) return null
        return try {
            val cipher = Cipher.getInstance(AES_GCM)
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG * 8, sealed, 0, NONCE))
            cipher.doFinal(sealed, NONCE, sealed.size - NONCE)
        } catch (_: AEADBadTagException) {
            null
        } catch (_: KeyPermanentlyInvalidatedException) {
            null
        }
    }

    private fun key(): SecretKey? =
        try {
            store.getKey(ALIAS, null) as SecretKey?
        } catch (_: UnrecoverableKeyException) {
            null
        }

    private fun make(): SecretKey {
        val spec =
            KeyGenParameterSpec
                .Builder(ALIAS, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
                .setKeySize(256)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, ANDROID_KEYSTORE).run {
            init(spec)
            generateKey()
        }
    }

    private companion object {
        /** No alias of the core's holds a dot. */
        const val ALIAS = "wallet.wrapping"
        const val AES_GCM = "AES/GCM/NoPadding"
        const val NONCE = 12
        const val TAG = 16
    }
}
