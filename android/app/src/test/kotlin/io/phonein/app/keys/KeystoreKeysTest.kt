package io.phonein.app.keys

import android.security.keystore.KeyProperties
import io.phonein.core.DeviceKeysException
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.io.File
import java.security.Signature

/** The keys the core is lent, over something that behaves like Android's keystore. */
@RunWith(RobolectricTestRunner::class)
class KeystoreKeysTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val keys by lazy { KeystoreKeys(folder.root, isStrongBox = false) }
    private val wrapped get() = File(folder.root, "wrapping.key")

    @Before
    fun begin() = FakeKeystore.install()

    @Test
    fun `a key signs, and is made once`() {
        val public = keys.create("intercom-1")
        assertEquals(65 to 4.toByte(), public.size to public[0])
        assertArrayEquals(public, keys.create("intercom-1"))
        val text = "text".toByteArray()
        val signature = keys.sign("intercom-1", text)
        val isRight =
            Signature.getInstance("SHA256withECDSA").run {
                initVerify(FakeKeystore.publics["intercom-1"])
                update(text)
                verify(signature)
            }
        assertTrue(isRight)
    }

    @Test
    fun `it is for signing alone, on P-256, bound to nobody's presence, in a chip of its own only if wished`() {
        keys.create("intercom-1")
        val made = FakeKeystore.made.single()
        assertEquals(KeyProperties.PURPOSE_SIGN to false, made.purposes to made.isUserAuthenticationRequired)
        assertFalse(made.isStrongBoxBacked)
        KeystoreKeys(folder.root, isStrongBox = true).create("intercom-2")
        assertTrue(FakeKeystore.made.last().isStrongBoxBacked)
    }

    @Test
    fun `a key that is lost is missing, and one that is forgotten`() {
        keys.create("intercom-1")
        keys.forget("intercom-1")
        keys.forget("intercom-1")
        assertThrows(DeviceKeysException.Missing::class.java) { keys.sign("intercom-1", ByteArray(1)) }
    }

    @Test
    fun `the wallet's secret outlives the process and lies nowhere as it is`() {
        val secret = keys.wrappingKey()
        assertEquals(32, secret.size)
        assertArrayEquals(secret, KeystoreKeys(folder.root, isStrongBox = false).wrappingKey())
        val file = wrapped.readBytes()
        assertEquals(12 + 32 + 16, file.size)
        assertFalse(secret.toList() in file.toList().windowed(32))
    }

    @Test
    fun `the wallet's secret is made anew where it cannot be read any more`() {
        val secret = keys.wrappingKey()
        // The keystore was emptied: the screen lock was taken away, or the wallet came from another phone.
        FakeKeystore.keys.clear()
        val second = keys.wrappingKey()
        assertFalse(secret.contentEquals(second))
        assertArrayEquals(second, keys.wrappingKey())
        wrapped.writeBytes(wrapped.readBytes().also { it[20] = (it[20] + 1).toByte() })
        assertFalse(second.contentEquals(keys.wrappingKey()))
        wrapped.writeBytes(ByteArray(3))
        assertEquals(32, keys.wrappingKey().size)
    }

    @Test
    fun `a keystore that is out of order loses nothing`() {
        val secret = keys.wrappingKey()
        val key = FakeKeystore.keys.remove("wallet.wrapping")
        FakeKeystore.keys["wallet.wrapping"] = Broken
        assertThrows(DeviceKeysException.Failed::class.java) { keys.wrappingKey() }
        FakeKeystore.keys["wallet.wrapping"] = checkNotNull(key)
        assertArrayEquals(secret, keys.wrappingKey())
    }

    private object Broken : javax.crypto.SecretKey {
        override fun getAlgorithm() = "AES"

        override fun getFormat() = "RAW"

        override fun getEncoded(): ByteArray = throw java.security.ProviderException("the keystore does not answer")
    }
}
