package io.phonein.app.keys

import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.UserNotAuthenticatedException
import io.phonein.core.DeviceKeysException
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.ProviderException
import java.security.UnrecoverableKeyException

/** Does [work], and says in the core's terms what went wrong. Nothing of a key is in the words. */
internal fun <T> told(work: () -> T): T =
    try {
        work()
    } catch (_: KeyPermanentlyInvalidatedException) {
        throw DeviceKeysException.Missing()
    } catch (_: UnrecoverableKeyException) {
        throw DeviceKeysException.Missing()
    } catch (_: UserNotAuthenticatedException) {
        throw DeviceKeysException.Locked()
    } catch (e: GeneralSecurityException) {
        throw failed(e)
    } catch (e: ProviderException) {
        // What the keystore's own process says; it may say something else the next time.
        throw failed(e)
    } catch (e: IOException) {
        throw failed(e)
    }

private fun failed(e: Exception) = DeviceKeysException.Failed("${e.javaClass.simpleName}: ${e.cause?.message ?: e.message}")
