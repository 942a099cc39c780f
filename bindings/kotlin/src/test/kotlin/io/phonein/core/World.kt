package io.phonein.core

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertInstanceOf
import java.nio.file.Path
import java.time.ZoneId
import java.util.Locale
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteRecursively
import kotlin.time.Duration.Companion.minutes

/** Everything a test opens. It is closed in reverse order when the test ends. */
class World(
    val scope: CoroutineScope,
) : AutoCloseable {
    private val opened = ArrayDeque<AutoCloseable>()

    fun <T : AutoCloseable> T.closed(): T = also(opened::addFirst)

    fun directory(): Path = createTempDirectory("phonein-test").also { AutoCloseable { it.deletePatiently() }.closed() }

    fun device(vararg options: String) = Device(*options).closed()

    /** A phone in Budapest, whose person reads English. */
    suspend fun phone(
        keys: DeviceKeys = JcaKeys(),
        directory: Path = directory().resolve("wallet"),
    ): Phonein = Phonein.open(budapest(directory), keys).closed()

    /** A phone that is a manager of `device`, and what that is called there. */
    suspend fun resident(
        device: Device,
        name: String = "Anna",
        keys: DeviceKeys = JcaKeys(),
    ): Resident {
        val phone = phone(keys)
        return Resident(phone, phone.pair(device.code, name))
    }

    override fun close() = opened.forEach(AutoCloseable::close)
}

/** Deletes a directory in which a core that was closed may still be putting its files in order. */
@OptIn(ExperimentalPathApi::class)
private fun Path.deletePatiently() {
    for (attempt in 1..100) {
        if (runCatching { deleteRecursively() }.isSuccess) return
        Thread.sleep(20)
    }
}

/** A manager's phone and its intercom. */
class Resident(
    val phone: Phonein,
    val home: String,
) {
    operator fun component1() = phone

    operator fun component2() = home
}

fun budapest(directory: Path) =
    Config(directory, DayClock.TWENTY_FOUR, Locale.ENGLISH, ZoneId.of("Europe/Budapest"))

/** A test in a world of its own. */
fun inWorld(test: suspend World.() -> Unit) = runTest(timeout = 2.minutes) { World(backgroundScope).use { it.test() } }

/** Adds an intercom that agrees. */
suspend fun Phonein.pair(
    code: String,
    name: String,
): String {
    val end = addIntercom(code, name = "Home", ownName = name).last()
    return assertInstanceOf(PairingProgress.Added::class.java, end).intercom
}

/** CREATE KEY and SHARE. */
suspend fun Phonein.make(
    intercom: String,
    name: String,
    fill: KeyWizard.() -> Unit = {},
): String =
    newKey(intercom).use { wizard ->
        wizard.setName(name)
        wizard.fill()
        wizard.save()
    }.also { markShared(it) }

/** Adds a key that the intercom gives. */
suspend fun Phonein.accept(
    link: String,
    name: String = "Béla",
): String = assertInstanceOf(Accepted.Added::class.java, acceptLink(link, name)).key

/** What a press is told first that is no step. */
suspend fun Phonein.press(
    intercom: String,
    door: Door = Door.ENTRANCE,
    key: String? = null,
): Tap =
    unlock(intercom, key, door).first {
        it.state !is TapState.Searching && it.state !is TapState.Connecting && it.state !is TapState.Asking
    }
