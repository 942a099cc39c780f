package io.phonein.ui.home

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.Door
import io.phonein.core.Home
import io.phonein.core.HomeNote
import io.phonein.core.Intercom
import io.phonein.core.IntercomHome
import io.phonein.core.Phonein
import io.phonein.core.Tap
import io.phonein.core.Told
import io.phonein.core.UnlockException
import io.phonein.core.UnlockListener
import io.phonein.core.WalletException
import io.phonein.core.told
import io.phonein.ui.follow
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
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
    /** What should be known of the wallet itself. */
    val notes: List<HomeNote> = emptyList(),
    /** The intercom at which Home stands. */
    val place: String? = null,
    /** Why there is nothing to show. */
    val fault: Told? = null,
)

/** Home over the core. What a tap becomes comes back by the core's own word, as everything else does. */
class HomeModel(
    private val phonein: Phonein,
) : ViewModel() {
    private val mutable = MutableStateFlow(HomeState())
    val state: StateFlow<HomeState> = mutable.asStateFlow()

    init {
        viewModelScope.launch { phonein.follow(Change.HOME, ::ask) }
    }

    private suspend fun ask() =
        try {
            val home: Home = phonein.home()
            mutable.update { it.copy(intercoms = home.intercoms, notes = home.notes, place = it.place ?: home.place, fault = null) }
        } catch (e: WalletException) {
            // What was read is still as good as it was.
            if (mutable.value.intercoms == null) mutable.update { it.copy(fault = e.told) } else say(e.told.sentence)
        }

    /**
     * The round button, or a key in the list. The tap goes on although this page is left. Nothing is read before the core is
     * asked: it is asked in the frame of the press.
     *
     * @param key the one that is shown there.
     * @param isPresent asks for the phone's person, given the intercom's name, where they chose to be asked.
     */
    fun press(
        intercom: String,
        door: Door,
        key: String?,
        isPresent: suspend (String) -> Boolean,
    ) {
        val card = mutable.value.intercoms?.find { it.intercom.id == intercom } ?: return
        viewModelScope.launch { said { press(card.intercom, door, key, card.askFirst, isPresent) } }
    }

    /** What a shortcut, a tile or a widget wants opened; [onChosen] hears of the intercom. */
    fun pressQuick(
        named: String?,
        isPresent: suspend (String) -> Boolean,
        onChosen: (String) -> Unit,
    ) {
        viewModelScope.launch {
            said {
                val chosen = phonein.quickDoor(named) ?: return@said
                onChosen(chosen.intercom.id)
                press(chosen.intercom, chosen.door, null, chosen.askFirst, isPresent)
            }
        }
    }

    private suspend fun press(
        intercom: Intercom,
        door: Door,
        key: String?,
        asksFirst: Boolean,
        isPresent: suspend (String) -> Boolean,
    ) {
        if (asksFirst && !isPresent(intercom.name)) return
        phonein.unlock(intercom.id, key, door, Unheard).close()
    }

    /** Home stands there: the intercom is kept one round trip away until this is cancelled. */
    suspend fun stayReady(intercom: String) {
        mutable.update { it.copy(place = intercom) }
        try {
            phonein.stayReady(intercom).use { awaitCancellation() }
        } catch (_: WalletException) {
            // It was removed: the core tells that Home is different.
        }
    }

    fun choose(tab: Tab) = mutable.update { it.copy(tab = tab) }

    /** A note was read. */
    fun dismiss(note: String) {
        viewModelScope.launch { said { phonein.dismiss(note) } }
    }

    fun messageShown() = mutable.update { it.copy(message = null) }

    /** Words to be shown once. */
    fun say(words: String) = mutable.update { it.copy(message = words) }

    private suspend fun said(act: suspend () -> Unit) =
        try {
            act()
        } catch (e: UnlockException) {
            say(e.told.sentence)
        } catch (e: WalletException) {
            say(e.told.sentence)
        }

    private object Unheard : UnlockListener {
        override fun onTap(
            tap: Tap,
            isFinal: Boolean,
        ) = Unit
    }
}
