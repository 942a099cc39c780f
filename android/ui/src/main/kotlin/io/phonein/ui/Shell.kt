package io.phonein.ui

import androidx.compose.runtime.staticCompositionLocalOf

/** What only the platform can do. Haptics are Compose's own. */
interface Shell {
    /** The system's share sheet. Where there is none it is [copy]. */
    fun share(text: String): Handed

    /** Puts it on the clipboard. */
    fun copy(text: String): Handed

    /** What is on the clipboard, if it is text. */
    fun paste(): String?

    /** Whether [scan] is to be offered. */
    val hasScanner: Boolean

    /** Lets the person scan a QR code; `null` if they did not. */
    suspend fun scan(): String?

    /**
     * Makes sure that it is the phone's person before a door of [place] opens, by face, fingerprint or the screen lock; where
     * there is none of them, by a question. `false`: the door stays shut.
     */
    suspend fun isPresent(place: String): Boolean

    /** Whether screenshots leave links out, as the person chose; `null` where the platform cannot do it. */
    var hidesLinks: Boolean?

    /** Whether the colours are those of the system, as the person chose; `null` where it has none to lend. */
    var usesSystemColors: Boolean?

    /** What is on screen now, as far as the platform has to know. */
    fun onScreen(what: OnScreen)

    /** What the first screen is about is there for the first time: the start is over. Each time Home is entered, too. */
    fun fullyDrawn() = Unit

    /** Shows a page of the system's settings, or asks for what it would grant. */
    fun open(page: SystemPage)

    /** The system's share sheet with a file, or the choice where it is kept. */
    fun keep(
        name: String,
        content: String,
    )
}

/** What the screen has to say of what was handed to the platform. */
enum class Handed {
    /** The platform shows what becomes of it. */
    TOLD,

    /** It is on the clipboard, and nobody has said so. */
    COPIED,
}

/** A page of the system's settings. */
enum class SystemPage { BLUETOOTH, PERMISSIONS, NETWORK }

/** What is on screen: whoever sees a link, in words or as a QR code, may get the key. */
enum class OnScreen { NOTHING_SECRET, LINK, QR_CODE_HELD_OUT }

/** The platform the screens run on. */
val LocalShell = staticCompositionLocalOf<Shell> { error("no shell") }

/** Whether the person asked the system for less motion: what moves then jumps. */
val LocalReducedMotion = staticCompositionLocalOf { false }
