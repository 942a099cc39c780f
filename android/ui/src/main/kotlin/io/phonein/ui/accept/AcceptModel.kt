package io.phonein.ui.accept

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Accepted
import io.phonein.core.Invitation
import io.phonein.core.LinkException
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.core.told
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that the page of a link shows. */
data class AcceptState(
    /** What the link says; `null` until it was read. */
    val invitation: Invitation? = null,
    val ownName: String = "",
    /** What is wrong with the name. */
    val wrongName: String? = null,
    /** Whether a manager wants a key to their own intercom here. */
    val isUsedHere: Boolean = false,
    /** Whether the intercom is being asked. */
    val isAsking: Boolean = false,
    /** What kept it from being asked. */
    val fault: Told? = null,
    /** Why there will be no key by this link. */
    val ended: Ended? = null,
    /** The intercom of the key, once that is here, or will be when the intercom was reached: Home shows which. */
    val accepted: String? = null,
)

/**
 * Why a link is of no use.
 *
 * @param asksAnother whether the whole link, copied again, may help; else only a new one does.
 */
data class Ended(
    val told: Told,
    val asksAnother: Boolean = false,
)

/** The page of a link over the core. */
class AcceptModel(
    private val phonein: Phonein,
    private val link: String,
) : ViewModel() {
    private val mutable = MutableStateFlow(AcceptState())
    val state: StateFlow<AcceptState> = mutable.asStateFlow()
    private var asking: Job? = null

    init {
        viewModelScope.launch {
            try {
                val invitation = phonein.previewLink(link)
                mutable.update { it.copy(invitation = invitation, ownName = invitation.ownName) }
            } catch (e: LinkException) {
                onFault(e)
            }
        }
    }

    fun onOwnName(name: String) = mutable.update { it.copy(ownName = name, wrongName = null) }

    fun onUseHere() = mutable.update { it.copy(isUsedHere = true) }

    /** ADD KEY. While the intercom is asked a press adds nothing. */
    fun onAdd() {
        if (asking?.isActive == true) return
        mutable.update { it.copy(isAsking = true, wrongName = null, fault = null) }
        asking =
            viewModelScope.launch {
                try {
                    when (val accepted = phonein.acceptLink(link, mutable.value.ownName)) {
                        is Accepted.Added -> mutable.update { it.copy(accepted = accepted.intercom) }
                        is Accepted.Waiting -> mutable.update { it.copy(accepted = accepted.intercom) }
                        is Accepted.Refused -> mutable.update { it.copy(ended = Ended(accepted.told)) }
                    }
                } catch (e: LinkException) {
                    onFault(e)
                }
                mutable.update { it.copy(isAsking = false) }
            }
    }

    private fun onFault(fault: LinkException) =
        mutable.update {
            when (fault) {
                is LinkException.OwnName -> it.copy(wrongName = fault.told.title)
                is LinkException.Unreadable -> it.copy(ended = Ended(fault.told, fault.copyAgain))
                is LinkException.Wallet ->
                    if (it.invitation == null) it.copy(ended = Ended(fault.error.told)) else it.copy(fault = fault.error.told)
            }
        }
}
