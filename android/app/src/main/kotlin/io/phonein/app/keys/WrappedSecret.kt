package io.phonein.app.keys

import android.util.AtomicFile
import java.io.File
import java.io.FileNotFoundException
import java.security.SecureRandom

/** Locks bytes away and gets them out again. */
internal interface Seal {
    fun seal(secret: ByteArray): ByteArray

    /** `null` if what locked them is no more, or they are not what was locked: they are lost for good. */
    fun open(sealed: ByteArray): ByteArray?
}

/**
 * 32 random bytes, made once, that lie in [file] under [seal]. If they are lost there are new ones: the core then finds that its
 * wallet is another phone's, keeps what is readable, and says which keys need to be shared again.
 */
internal class WrappedSecret(
    file: File,
    private val seal: Seal,
) {
    private val file = AtomicFile(file)

    @Synchronized
    fun get(): ByteArray = read()?.let(seal::open)?.takeIf { it.size == SIZE } ?: make()

    private fun read(): ByteArray? =
        try {
            file.readFully()
        } catch (_: FileNotFoundException) {
            null
        }

    private fun make(): ByteArray {
        val secret = ByteArray(SIZE).also(SecureRandom()::nextBytes)
        val sealed = seal.seal(secret)
        val stream = file.startWrite()
        try {
            stream.write(sealed)
            file.finishWrite(stream)
        } finally {
            // Nothing once it is finished.
            file.failWrite(stream)
        }
        return secret
    }

    private companion object {
        const val SIZE = 32
    }
}
