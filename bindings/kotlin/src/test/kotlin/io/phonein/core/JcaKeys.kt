package io.phonein.core

import java.math.BigInteger
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.ConcurrentHashMap

/** Keys as Java's own cryptography makes them, which Android's keystore also speaks: SEC 1 and DER. */
open class JcaKeys : DeviceKeys {
    private val keys = ConcurrentHashMap<String, KeyPair>()
    private val wrapping = ByteArray(32).also(SecureRandom()::nextBytes)

    override fun create(alias: String): ByteArray {
        val pair =
            keys.computeIfAbsent(alias) {
                KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }.generateKeyPair()
            }
        val point = (pair.public as ECPublicKey).w
        return byteArrayOf(4) + point.affineX.to32Bytes() + point.affineY.to32Bytes()
    }

    override fun sign(
        alias: String,
        text: ByteArray,
    ): ByteArray {
        val pair = keys[alias] ?: throw DeviceKeysException.Missing()
        return Signature.getInstance("SHA256withECDSA").run {
            initSign(pair.private)
            update(text)
            sign()
        }
    }

    override fun forget(alias: String) {
        keys.remove(alias)
    }

    override fun wrappingKey(): ByteArray = wrapping

    private fun BigInteger.to32Bytes(): ByteArray {
        val bytes = toByteArray().takeLast(32)
        return ByteArray(32 - bytes.size) + bytes
    }
}

/** Keys of a phone that may be locked. */
class Locking(
    @Volatile var isLocked: Boolean = false,
) : JcaKeys() {
    override fun create(alias: String): ByteArray = unlocked { super.create(alias) }

    override fun sign(
        alias: String,
        text: ByteArray,
    ): ByteArray = unlocked { super.sign(alias, text) }

    override fun wrappingKey(): ByteArray = unlocked { super.wrappingKey() }

    private fun unlocked(work: () -> ByteArray) = if (isLocked) throw DeviceKeysException.Locked() else work()
}
