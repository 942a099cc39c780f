package io.phonein.ui.settings

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.IntercomSettings
import io.phonein.core.Phonein
import io.phonein.core.SettingsChange
import io.phonein.core.WalletException
import io.phonein.ui.follow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that Clock and time zone shows. */
data class ClockState(
    val settings: IntercomSettings? = null,
    /** What is searched for. */
    val search: String = "",
    /** The zones that may be meant; `null` until the core has said. */
    val zones: List<String>? = null,
    /** Whether the intercom is being asked. */
    val isWorking: Boolean = false,
    /** What was not changed, and why. */
    val wrong: String? = null,
)

/** An intercom's clock over the core. */
class ClockModel(
    private val phonein: Phonein,
    private val intercom: String,
) : ViewModel() {
    private val mutable = MutableStateFlow(ClockState())
    val state: StateFlow<ClockState> = mutable.asStateFlow()

    init {
        viewModelScope.launch { phonein.follow(Change.SETTINGS, ::ask) }
        viewModelScope.launch {
            state.map { it.search }.distinctUntilChanged().collectLatest { search ->
                wrongOf { phonein.zoneNames(search).let { zones -> mutable.update { it.copy(zones = zones) } } }
            }
        }
        viewModelScope.launch { freshen(phonein) }
    }

    private suspend fun ask() =
        try {
            val settings = phonein.settings(intercom)
            mutable.update { it.copy(settings = settings) }
        } catch (_: WalletException) {
            // The page below says so.
        }

    fun search(search: String) = mutable.update { it.copy(search = search) }

    fun choose(zone: String) = change { phonein.changeSettings(intercom, SettingsChange.Zone(zone)) }

    /** USE THIS PHONE'S TIME, or LEAVE IT. */
    fun answer(usePhone: Boolean) = change { phonein.answerClock(intercom, usePhone) }

    private fun change(act: suspend () -> Unit) {
        if (mutable.value.isWorking) return
        mutable.update { it.copy(isWorking = true, wrong = null) }
        viewModelScope.launch {
            val wrong = wrongOf(act)
            ask()
            mutable.update { it.copy(isWorking = false, wrong = wrong) }
        }
    }
}
