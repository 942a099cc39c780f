package io.phonein.ui.settings

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.AddException
import io.phonein.core.Change
import io.phonein.core.Forgetting
import io.phonein.core.IntercomException
import io.phonein.core.IntercomSettings
import io.phonein.core.Phonein
import io.phonein.core.SettingsChange
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.told
import io.phonein.ui.follow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** What the page changes. */
enum class Setting { NAME, INNER_DOOR, ADDRESS, PATHS, ASK_FIRST, REMOVE }

/** All that Settings shows. */
data class SettingsState(
    /** `null` until the core has said. */
    val settings: IntercomSettings? = null,
    /** Why there are none. */
    val trouble: Told? = null,
    /** The setting whose question is open. */
    val asked: Setting? = null,
    /** What is typed in that question. */
    val typed: String = "",
    /** What removing the intercom means. */
    val forgetting: Forgetting? = null,
    /** What is being changed. */
    val working: Setting? = null,
    /** What was not changed, and why. */
    val wrong: Pair<Setting, String>? = null,
    /** What remains to be known once it is removed. */
    val left: String? = null,
    /** It is no longer here. */
    val isGone: Boolean = false,
)

/** Settings of an intercom over the core. */
class SettingsModel(
    private val phonein: Phonein,
    private val intercom: String,
) : ViewModel() {
    private val mutable = MutableStateFlow(SettingsState())
    val state: StateFlow<SettingsState> = mutable.asStateFlow()

    init {
        viewModelScope.launch { phonein.follow(Change.SETTINGS, ::ask) }
        viewModelScope.launch { freshen(phonein) }
    }

    private suspend fun ask() =
        try {
            val settings = phonein.settings(intercom)
            mutable.update { it.copy(settings = settings, trouble = null) }
        } catch (_: WalletException.Gone) {
            mutable.update { it.copy(isGone = true) }
        } catch (e: WalletException) {
            mutable.update { it.copy(trouble = e.told) }
        }

    /** Opens the question of a setting. */
    fun open(setting: Setting) {
        val settings = mutable.value.settings ?: return
        val typed =
            when (setting) {
                Setting.NAME -> settings.intercom.name
                Setting.ADDRESS -> settings.address.orEmpty()
                else -> ""
            }
        mutable.update { it.copy(asked = setting, typed = typed, wrong = null, forgetting = null) }
        if (setting == Setting.REMOVE) {
            viewModelScope.launch {
                change(setting, isAnswer = false) {
                    val forgetting = phonein.forgetting(intercom)
                    mutable.update { it.copy(forgetting = forgetting) }
                }
            }
        }
    }

    fun close() = mutable.update { it.copy(asked = null, wrong = null) }

    fun type(typed: String) = mutable.update { it.copy(typed = typed, wrong = null) }

    /** SAVE beside what was typed. */
    fun save() {
        val (setting, typed) = mutable.value.let { it.asked to it.typed }
        viewModelScope.launch {
            when (setting) {
                Setting.NAME -> change(Setting.NAME) { phonein.renameIntercom(intercom, typed) }
                Setting.ADDRESS -> change(Setting.ADDRESS) { phonein.changeSettings(intercom, SettingsChange.Address(typed)) }
                else -> {}
            }
        }
    }

    fun change(
        setting: Setting,
        to: SettingsChange,
    ) {
        viewModelScope.launch { change(setting) { phonein.changeSettings(intercom, to) } }
    }

    /** REMOVE. */
    fun remove() {
        viewModelScope.launch {
            change(Setting.REMOVE) {
                val left = phonein.forgetIntercom(intercom)
                mutable.update { it.copy(left = left, isGone = true) }
            }
        }
    }

    /** While something is being changed a press changes nothing. */
    private suspend fun change(
        setting: Setting,
        isAnswer: Boolean = true,
        act: suspend () -> Unit,
    ) {
        if (mutable.value.working != null) return
        mutable.update { it.copy(working = setting, wrong = null) }
        val wrong = wrongOf(act)
        if (wrong == null && !mutable.value.isGone) ask()
        mutable.update {
            it.copy(
                working = null,
                wrong = wrong?.let { words -> setting to words },
                asked = if (wrong == null && isAnswer) null else it.asked,
            )
        }
    }
}

/** Why the core did not do it, in its words; `null` if it did. */
internal suspend fun wrongOf(act: suspend () -> Unit): String? =
    try {
        act()
        null
    } catch (e: AddException) {
        e.told.sentence
    } catch (e: IntercomException) {
        e.told.sentence
    } catch (e: WalletException) {
        e.told.sentence
    }

/** Reads the settings anew where the intercom can be reached; until then they are shown as they were known. */
internal suspend fun freshen(phonein: Phonein) {
    try {
        phonein.sync()
    } catch (_: WalletException) {
        // What is known says so itself.
    }
}
