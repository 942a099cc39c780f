package io.phonein.ui.keys

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.KeyFilter
import io.phonein.core.KeyRow
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.told
import io.phonein.core.watch
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.filter
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
)

/** The list of keys over the core: a part at a time, as far as somebody looked. */
class KeysModel(
    private val phonein: Phonein,
) : ViewModel() {
    private val mutable = MutableStateFlow(KeysState())
    val state: StateFlow<KeysState> = mutable.asStateFlow()

    private var reading: Job? = null

    /** Where the part after the last one read begins. */
    private var next: String? = null

    /** The last row that was on screen. */
    private var seen = 0

    init {
        viewModelScope.launch { phonein.watch().filter { it.any(SHOWN::contains) }.collect { read(again = true).join() } }
    }

    /** Whose keys are shown. */
    fun show(intercom: String) {
        if (mutable.value.intercom == intercom) return
        mutable.value = KeysState(intercom)
        seen = 0
        read(again = true)
    }

    fun search(words: String) {
        mutable.update { it.copy(search = words) }
        seen = 0
        read(again = true)
    }

    /** The row that is the last on screen: what follows is read before one gets there. */
    fun see(row: Int) {
        seen = row
        if (reading?.isActive != true && isShort(mutable.value.keys.orEmpty().size) && next != null) read(again = false)
    }

    private fun isShort(rows: Int) = rows <= seen + AHEAD

    /** Reads on, or all that was looked at again. */
    private fun read(again: Boolean): Job {
        reading?.cancel()
        return viewModelScope.launch {
            val shown = mutable.value
            val intercom = shown.intercom ?: return@launch
            var keys = if (again) emptyList() else shown.keys.orEmpty()
            try {
                do {
                    val page = phonein.keys(shown.search, KeyFilter(intercom), if (keys.isEmpty()) null else next)
                    keys = keys + page.keys
                    next = page.next
                    mutable.update { it.copy(isSearchable = page.isSearchable) }
                } while (page.next != null && isShort(keys.size))
                mutable.update { it.copy(keys = keys, fault = null) }
            } catch (e: WalletException) {
                mutable.update { it.copy(fault = e.told) }
            }
        }.also { reading = it }
    }

    private companion object {
        val SHOWN = setOf(Change.KEYS, Change.INTERCOMS, Change.TIME)

        /** So many rows below the screen are read ahead. */
        const val AHEAD = 25
    }
}
