package io.phonein.app.keys

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.PublicKey
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGenerator
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey

/** What stands in for Android's keystore on a JVM: the same names, and the keys in memory. */
object FakeKeystore {
    val keys = mutableMapOf<String, Key>()
    val publics = mutableMapOf<String, PublicKey>()
    val made = mutableListOf<KeyGenParameterSpec>()

    /** Empty again. */
    fun install() {
        keys.clear()
        publics.clear()
        made.clear()
        if (Security.getProvider(ANDROID_KEYSTORE) == null) Security.addProvider(FakeProvider())
    }
}

class FakeProvider : Provider(ANDROID_KEYSTORE, "1", "keys in memory") {
    init {
        put("KeyStore.$ANDROID_KEYSTORE", FakeStore::class.java.name)
        put("KeyPairGenerator.EC", FakePairs::class.java.name)
        put("KeyGenerator.AES", FakeSecrets::class.java.name)
    }
}

class FakePairs : KeyPairGeneratorSpi() {
    private lateinit var spec: KeyGenParameterSpec

    override fun initialize(
        spec: AlgorithmParameterSpec,
        random: SecureRandom?,
    ) {
        this.spec = spec as KeyGenParameterSpec
    }

    override fun initialize(
        size: Int,
        random: SecureRandom?,
    ) = error("not asked for")

    override fun generateKeyPair(): KeyPair {
        val pair = KeyPairGenerator.getInstance("EC").apply { initialize(spec.algorithmParameterSpec) }.generateKeyPair()
        FakeKeystore.made += spec
        FakeKeystore.keys[spec.keystoreAlias] = pair.private
        FakeKeystore.publics[spec.keystoreAlias] = pair.public
        return pair
    }
}

class FakeSecrets : KeyGeneratorSpi() {
    private lateinit var spec: KeyGenParameterSpec

    override fun engineInit(
        spec: AlgorithmParameterSpec,
        random: SecureRandom?,
    ) {
        this.spec = spec as KeyGenParameterSpec
    }

    override fun engineInit(random: SecureRandom?) = error("not asked for")

    override fun engineInit(
        size: Int,
        random: SecureRandom?,
    ) = error("not asked for")

    override fun engineGenerateKey(): SecretKey {
        val key = KeyGenerator.getInstance("AES", "SunJCE").apply { init(spec.keySize) }.generateKey()
        FakeKeystore.made += spec
        FakeKeystore.keys[spec.keystoreAlias] = key
        return key
    }
}

/** A certificate that is nothing but its key. */
private class Bare(
    private val key: PublicKey,
) : Certificate("bare") {
    override fun getPublicKey() = key

    override fun getEncoded(): ByteArray = key.encoded

    override fun verify(key: PublicKey) = Unit

    override fun verify(
        key: PublicKey,
        provider: String,
    ) = Unit

    override fun toString() = "bare"
}

class FakeStore : KeyStoreSpi() {
    override fun engineLoad(
        stream: InputStream?,
        password: CharArray?,
    ) = Unit

    override fun engineStore(
        stream: OutputStream?,
        password: CharArray?,
    ) = Unit

    override fun engineGetKey(
        alias: String,
        password: CharArray?,
    ): Key? = FakeKeystore.keys[alias]

    override fun engineGetCertificate(alias: String): Certificate? = FakeKeystore.publics[alias]?.let(::Bare)

    override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

    override fun engineGetCreationDate(alias: String): Date? = null

    override fun engineSetKeyEntry(
        alias: String,
        key: Key,
        password: CharArray?,
        chain: Array<out Certificate>?,
    ) = error("not asked for")

    override fun engineSetKeyEntry(
        alias: String,
        key: ByteArray,
        chain: Array<out Certificate>?,
    ) = error("not asked for")

    override fun engineSetCertificateEntry(
        alias: String,
        certificate: Certificate?,
    ) = error("not asked for")

    override fun engineDeleteEntry(alias: String) {
        FakeKeystore.keys -= alias
        FakeKeystore.publics -= alias
    }

    override fun engineAliases(): Enumeration<String> = Collections.enumeration(FakeKeystore.keys.keys)

    override fun engineContainsAlias(alias: String) = alias in FakeKeystore.keys

    override fun engineSize() = FakeKeystore.keys.size

    override fun engineIsKeyEntry(alias: String) = alias in FakeKeystore.keys

    override fun engineIsCertificateEntry(alias: String) = false

    override fun engineGetCertificateAlias(certificate: Certificate?): String? = null
}
