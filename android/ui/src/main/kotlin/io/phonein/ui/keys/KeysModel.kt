package io.phonein.ui.keys

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.EmptyList
import io.phonein.core.KeyFilter
import io.phonein.core.KeyPage
import io.phonein.core.KeyRow
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.told
import io.phonein.ui.follow
import io.phonein.ui.parts.Part
import io.phonein.ui.parts.Parts
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** The keys of an intercom as far as they were read. */
data class KeysState(
    val intercom: String? = null,
    val search: String = "",
    /** `null` until the core has said. */
    val keys: List<KeyRow>? = null,
    /** Whether a search field stands above them. */
    val isSearchable: Boolean = false,
    /** Why they could not be read. */
    val fault: Told? = null,
    /** What the list says while there are none. */
    val empty: EmptyList? = null,
)

/** The list of keys over the core: a part at a time, as far as somebody looked. */
class KeysModel(
    private val phonein: Phonein,
) : ViewModel() {
    private val mutable = MutableStateFlow(KeysState())
    val state: StateFlow<KeysState> = mutable.asStateFlow()

    private var reading: Job? = null
    private var read = Parts<KeyRow>()

    /** The last row that was on screen. */
    private var seen = 0

    init {
        viewModelScope.launch { phonein.follow(Change.KEYS) { read(Parts()).join() } }
    }

    /** Whose keys are shown. */
    fun show(intercom: String) {
        if (mutable.value.intercom == intercom) return
        mutable.value = KeysState(intercom)
        seen = 0
        read(Parts())
    }

    fun search(words: String) {
        mutable.update { it.copy(search = words) }
        seen = 0
        read(Parts())
    }

    /** The row that is the last on screen: what follows is read before one gets there. */
    fun see(row: Int) {
        seen = row
        if (reading?.isActive != true && read.isShort(seen)) read(read)
    }

    /** Reads on, or from nothing all that was looked at. */
    private fun read(from: Parts<KeyRow>): Job {
        reading?.cancel()
        return viewModelScope.launch {
            val shown = mutable.value
            val intercom = shown.intercom ?: return@launch
            var last: KeyPage? = null
            try {
                read =
                    from.readOn(seen) { after ->
                        val page = phonein.keys(shown.search, KeyFilter(intercom), after)
                        last = page
                        Part(page.keys, page.next, page.ahead)
                    }
                mutable.update { it.copy(keys = read.rows, isSearchable = last?.isSearchable == true, empty = last?.empty, fault = null) }
            } catch (e: WalletException) {
                mutable.update { it.copy(fault = e.told) }
            }
        }.also { reading = it }
    }
}
