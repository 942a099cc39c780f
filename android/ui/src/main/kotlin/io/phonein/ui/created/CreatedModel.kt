package io.phonein.ui.created

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.KeyDetails
import io.phonein.core.Phonein
import io.phonein.core.Share
import io.phonein.core.ShareException
import io.phonein.core.ShareWay
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.told
import io.phonein.ui.Handed
import io.phonein.ui.follow
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that Created and Share show. */
data class CreatedState(
    /** The key; `null` until the core has said. */
    val key: KeyDetails? = null,
    /** Its link; `null` while it cannot be shared as it is. */
    val share: Share? = null,
    /** Why it cannot, and what can be done. */
    val again: Again? = null,
    /** Whether it is asked how many more uses a used-up key shall have. */
    val asksUses: Boolean = false,
    /** What went wrong. */
    val failure: Told? = null,
    /** The link that is on the clipboard, alone or in its text, where the screen has to say so. */
    val copiedLink: String? = null,
    /** The key that was made for someone else. */
    val copied: String? = null,
)

/** A key that needs a new link: why, unless that stands above already, and the ways to one. */
data class Again(
    val told: Told?,
    val ways: List<ShareWay>,
)

/** Created, or Share, over the core. */
class CreatedModel(
    private val phonein: Phonein,
    private val id: String,
) : ViewModel() {
    private val mutable = MutableStateFlow(CreatedState())
    val state: StateFlow<CreatedState> = mutable.asStateFlow()
    private var doing: Job? = null

    init {
        viewModelScope.launch { phonein.follow(Change.KEYS, ::show) }
    }

    private suspend fun show() =
        try {
            val key = phonein.key(id)
            try {
                val share = phonein.share(id)
                mutable.update { it.copy(key = key, share = share, again = null) }
            } catch (e: ShareException.NoLink) {
                mutable.update { it.copy(key = key, share = null, again = Again(e.told.takeUnless { _ -> e.isStatus }, e.ways)) }
            } catch (e: ShareException.Wallet) {
                mutable.update { it.copy(key = key, share = null, failure = e.told) }
            }
        } catch (e: WalletException) {
            mutable.update { it.copy(failure = e.told) }
        }

    /** The link went to the share sheet or the clipboard, or its code is held out to somebody. */
    fun onShared(handed: Handed) {
        if (handed == Handed.COPIED) mutable.update { it.copy(copiedLink = it.share?.link) }
        viewModelScope.launch { told { phonein.markShared(id) } }
    }

    /** *For someone else*. */
    fun onCopy() = act { mutable.update { it.copy(copied = phonein.copyKey(id)) } }

    /** *New phone, same person*: at once, or after a question how many more uses a used-up key shall have. */
    fun onNewPhone() {
        if (mutable.value.key?.moreUses == null) act { phonein.reissue(id, null) } else mutable.update { it.copy(asksUses = true) }
    }

    fun onMoreUses(uses: Int) {
        onNoUses()
        act { phonein.reissue(id, uses) }
    }

    /** The question was closed. */
    fun onNoUses() = mutable.update { it.copy(asksUses = false) }

    /** While one thing is being done a press adds nothing. */
    private fun act(act: suspend () -> Unit) {
        if (doing?.isActive == true) return
        doing = viewModelScope.launch { told(act) }
    }

    private suspend fun told(act: suspend () -> Unit) =
        try {
            mutable.update { it.copy(failure = null) }
            act()
        } catch (e: WalletException) {
            mutable.update { it.copy(failure = e.told) }
        }
}
