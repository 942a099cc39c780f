package io.phonein.ui.adddevice

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.AddException
import io.phonein.core.AddField
import io.phonein.core.CodeReading
import io.phonein.core.PairingProgress
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.addIntercom
import io.phonein.core.told
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that Add device shows. */
data class AddDeviceState(
    val code: String = "",
    val name: String = "",
    val ownName: String = "",
    val address: String = "",
    /** What was typed as code, understood; `null` before anything was. */
    val reading: CodeReading? = null,
    /** What is wrong with a field, found at SAVE. */
    val wrong: Pair<AddField, String>? = null,
    /** The step it is at; `null` unless it is being added. */
    val step: String? = null,
    /** How it ended, unless it was added. */
    val ended: Told? = null,
    /** Whether it was not found, or was scanned with its address: that is asked for. */
    val asksAddress: Boolean = false,
    /** The intercom, once it was added. */
    val added: String? = null,
) {
    /** Whether SAVE is offered: not for what is no code, or has no address behind it. */
    val isSavable: Boolean get() = reading?.isWrong != true
}

/** Add device over the core. */
class AddDeviceModel(
    private val phonein: Phonein,
) : ViewModel() {
    private val mutable = MutableStateFlow(AddDeviceState())
    val state: StateFlow<AddDeviceState> = mutable.asStateFlow()
    private var adding: Job? = null

    init {
        viewModelScope.launch {
            try {
                val ownName = phonein.ownName()
                mutable.update { if (it.ownName.isEmpty()) it.copy(ownName = ownName) else it }
            } catch (_: WalletException) {
                // Then it is typed.
            }
        }
    }

    /** Typed or pasted. */
    fun onCode(typed: String) {
        val reading = phonein.checkCode(typed)
        mutable.update { it.edited(AddField.CODE).copy(code = reading.shown, reading = reading) }
    }

    /** Read off the device: its code, and perhaps where it answers. */
    fun onScanned(scanned: String) {
        val reading = phonein.checkCode(scanned, scanned = true)
        mutable.update {
            it.edited(AddField.CODE).copy(
                code = reading.shown,
                reading = reading,
                address = reading.address ?: it.address,
                asksAddress = it.asksAddress || reading.address != null,
            )
        }
    }

    fun onName(name: String) = mutable.update { it.edited(AddField.NAME).copy(name = name) }

    fun onOwnName(name: String) = mutable.update { it.edited(AddField.OWN_NAME).copy(ownName = name) }

    fun onAddress(address: String) = mutable.update { it.edited(AddField.ADDRESS).copy(address = address) }

    /** SAVE. While it is being added a press adds nothing. */
    fun onSave() {
        if (adding?.isActive == true) return
        val asked = mutable.value
        mutable.update { it.copy(wrong = null, ended = null) }
        adding =
            viewModelScope.launch {
                try {
                    phonein.addIntercom(asked.code, asked.address, asked.name, asked.ownName).collect(::onProgress)
                } catch (e: AddException.Field) {
                    mutable.update { it.copy(step = null, wrong = e.field to e.told.title) }
                } catch (e: AddException.Wallet) {
                    mutable.update { it.copy(step = null, ended = e.told) }
                }
            }
    }

    private fun onProgress(progress: PairingProgress) =
        mutable.update {
            when (progress) {
                is PairingProgress.Searching -> it.copy(step = progress.words)
                is PairingProgress.Connecting -> it.copy(step = progress.words)
                is PairingProgress.Asking -> it.copy(step = progress.words)
                is PairingProgress.Added -> it.copy(step = null, added = progress.intercom)
                is PairingProgress.NotFound -> it.copy(step = null, ended = progress.told, asksAddress = true)
                is PairingProgress.WrongCode -> it.copy(step = null, ended = progress.told)
                is PairingProgress.AlreadyPaired -> it.copy(step = null, ended = progress.told)
                is PairingProgress.Failed -> it.copy(step = null, ended = progress.told)
                is PairingProgress.Cancelled -> it.copy(step = null, ended = progress.told)
            }
        }

    private fun AddDeviceState.edited(field: AddField) = if (wrong?.first == field) copy(wrong = null) else this
}
