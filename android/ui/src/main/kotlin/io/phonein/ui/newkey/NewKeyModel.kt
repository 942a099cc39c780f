package io.phonein.ui.newkey

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.CalendarDate
import io.phonein.core.Change
import io.phonein.core.ClockTime
import io.phonein.core.DayClock
import io.phonein.core.KeyCategory
import io.phonein.core.KeyField
import io.phonein.core.KeyWizard
import io.phonein.core.Phonein
import io.phonein.core.SaveException
import io.phonein.core.Told
import io.phonein.core.Uses
import io.phonein.core.UsesChoice
import io.phonein.core.WalletException
import io.phonein.core.WizardState
import io.phonein.core.told
import io.phonein.ui.follow
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that New key and Edit show. */
data class NewKeyState(
    /** The page as the core has it; `null` until it has said. */
    val page: WizardState? = null,
    /** The numbers of uses to choose from. */
    val uses: List<UsesChoice> = emptyList(),
    val dayClock: DayClock = DayClock.TWENTY_FOUR,
    /** The field to go to, because it is wrong. */
    val wrongAt: KeyField? = null,
    /** Why there is no page, or why it was not saved. */
    val failure: Told? = null,
    /** The key, once it is saved. */
    val saved: String? = null,
)

/** New key, or Edit, over the core: [open] asks it for the page. What is set is kept there, so leaving loses nothing. */
class NewKeyModel(
    private val phonein: Phonein,
    open: suspend Phonein.() -> KeyWizard,
) : ViewModel() {
    private val mutable = MutableStateFlow(NewKeyState(uses = phonein.usesChoices(), dayClock = phonein.dayClock()))
    val state: StateFlow<NewKeyState> = mutable.asStateFlow()
    private var wizard: KeyWizard? = null
    private var saving: Job? = null

    init {
        viewModelScope.launch {
            try {
                wizard = phonein.open()
            } catch (e: WalletException) {
                mutable.update { it.copy(failure = e.told) }
            }
            show()
            phonein.follow(Change.DRAFT, ::show)
        }
    }

    fun onName(name: String) = set { setName(name) }

    fun onCategory(category: KeyCategory) = set { setCategory(category) }

    fun onUnlimited(isOn: Boolean) = set { setUnlimited(isOn) }

    fun onRecurring(isOn: Boolean) = set { setRecurring(isOn) }

    fun onDate(
        field: KeyField,
        date: CalendarDate,
    ) = set {
        when (field) {
            KeyField.START_DATE -> setStartDate(date)
            KeyField.EXPIRY_DATE -> setExpiryDate(date)
            KeyField.FROM -> setFrom(date)
            KeyField.UNTIL -> setUntil(date)
            else -> error("$field is no date")
        }
    }

    fun onTime(
        field: KeyField,
        time: ClockTime,
    ) = set {
        when (field) {
            KeyField.START_TIME -> setStartTime(time)
            KeyField.EXPIRY_TIME -> setExpiryTime(time)
            KeyField.WINDOW_START -> setWindowStart(time)
            KeyField.WINDOW_END -> setWindowEnd(time)
            else -> error("$field is no time")
        }
    }

    fun onUses(uses: Uses) = set { setUses(uses) }

    /** 0 is Monday. */
    fun onDay(day: Int) = set { toggleDay(day) }

    fun onInnerDoor(isOn: Boolean) = set { setInnerDoor(isOn) }

    fun onWelcomeOn(isOn: Boolean) = set { setWelcomeOn(isOn) }

    fun onWelcome(message: String) = set { setWelcome(message) }

    /** The person went from there to something else. */
    fun onLeave(field: KeyField) {
        wizard?.leave(field)
        show()
    }

    fun onStartOver() = set { startOver() }

    /** CREATE KEY or SAVE. While it is being saved a press adds nothing. */
    fun onSave() {
        val wizard = wizard ?: return
        if (saving?.isActive == true) return
        saving =
            viewModelScope.launch {
                try {
                    val key = wizard.save()
                    mutable.update { it.copy(saved = key) }
                } catch (e: SaveException.Field) {
                    show()
                    mutable.update { it.copy(wrongAt = e.field) }
                } catch (e: SaveException.Wallet) {
                    mutable.update { it.copy(failure = e.told) }
                }
            }
    }

    /** The page went to the wrong field. */
    fun onWrongShown() = mutable.update { it.copy(wrongAt = null) }

    private fun set(change: KeyWizard.() -> Unit) {
        val wizard = wizard ?: return
        wizard.change()
        mutable.update { it.copy(failure = null) }
        show()
    }

    private fun show() {
        val page = wizard?.state() ?: return
        mutable.update { it.copy(page = page) }
    }

    override fun onCleared() {
        wizard?.close()
        wizard = null
    }
}
