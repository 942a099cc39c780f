package io.phonein.ui.home

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.Door
import io.phonein.core.Home
import io.phonein.core.IntercomHome
import io.phonein.core.Phonein
import io.phonein.core.Tap
import io.phonein.core.UnlockException
import io.phonein.core.UnlockListener
import io.phonein.core.WalletException
import io.phonein.core.told
import io.phonein.core.watch
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** The lists under the doors. */
enum class Tab { ACTIVITY, KEYS }

/** All that Home shows. */
data class HomeState(
    /** The intercoms; `null` until the core has said. */
    val intercoms: List<IntercomHome>? = null,
    val tab: Tab = Tab.ACTIVITY,
    /** Words to be shown once. */
    val message: String? = null,
)

/** Home over the core. What a tap becomes comes back by the core's own word, as everything else does. */
class HomeModel(
    private val phonein: Phonein,
) : ViewModel() {
    private val mutable = MutableStateFlow(HomeState())
    val state: StateFlow<HomeState> = mutable.asStateFlow()

    init {
        viewModelScope.launch { phonein.watch().filter { it.any(SHOWN::contains) }.collect { ask() } }
    }

    private suspend fun ask() =
        try {
            val home: Home = phonein.home()
            mutable.update { it.copy(intercoms = home.intercoms) }
        } catch (e: WalletException) {
            say(e.told.sentence)
        }

    /**
     * The round button, or a [key] in the list. The tap goes on although this page is left.
     *
     * @param isPresent asks for the phone's person, given the intercom's name, where they chose to be asked.
     */
    fun press(
        intercom: String,
        door: Door,
        key: String? = null,
        isPresent: suspend (String) -> Boolean,
    ) {
        viewModelScope.launch {
            try {
                val settings = phonein.settings(intercom)
                if (settings.askFirst && !isPresent(settings.intercom.name)) return@launch
                phonein.unlock(intercom, key, door, Unheard).close()
            } catch (e: UnlockException) {
                say(e.told.sentence)
            } catch (e: WalletException) {
                say(e.told.sentence)
            }
        }
    }

    /** Keeps the intercom one round trip away until this is cancelled. */
    suspend fun stayReady(intercom: String) {
        try {
            phonein.stayReady(intercom).use { awaitCancellation() }
        } catch (_: WalletException) {
            // It was removed: the core tells that Home is different.
        }
    }

    fun choose(tab: Tab) = mutable.update { it.copy(tab = tab) }

    /** A note was read. */
    fun dismiss(note: String) {
        viewModelScope.launch {
            try {
                phonein.dismiss(note)
            } catch (e: WalletException) {
                say(e.told.sentence)
            }
        }
    }

    fun messageShown() = mutable.update { it.copy(message = null) }

    /** Words to be shown once. */
    fun say(words: String) = mutable.update { it.copy(message = words) }

    private companion object {
        val SHOWN = setOf(Change.INTERCOMS, Change.DOORS, Change.KEYS, Change.TIME)
    }

    private object Unheard : UnlockListener {
        override fun onTap(
            tap: Tap,
            isFinal: Boolean,
        ) = Unit
    }
}
