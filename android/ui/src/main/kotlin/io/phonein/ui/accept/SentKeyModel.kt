package io.phonein.ui.accept

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.LinkException
import io.phonein.core.Phonein
import io.phonein.core.told
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that *I was sent a key* shows. */
data class SentKeyState(
    val link: String = "",
    /** Why it is no link that can be used. */
    val wrong: String? = null,
    /** A link that can be read, to be shown. */
    val read: String? = null,
)

/** A link by hand, over the core. */
class SentKeyModel(
    private val phonein: Phonein,
) : ViewModel() {
    private val mutable = MutableStateFlow(SentKeyState())
    val state: StateFlow<SentKeyState> = mutable.asStateFlow()

    fun onLink(typed: String) = mutable.update { it.copy(link = typed, wrong = null) }

    /** Pasted or scanned: nothing is to be added. */
    fun onWhole(link: String) {
        onLink(link)
        onContinue()
    }

    fun onContinue() {
        val link = mutable.value.link
        viewModelScope.launch {
            try {
                phonein.previewLink(link)
                mutable.update { it.copy(read = link) }
            } catch (e: LinkException) {
                mutable.update { it.copy(wrong = e.told.sentence) }
            }
        }
    }

    fun readShown() = mutable.update { it.copy(read = null) }
}
