package io.phonein.ui.activity

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.ActivityEntry
import io.phonein.core.ActivityFilter
import io.phonein.core.ActivityShow
import io.phonein.core.Change
import io.phonein.core.ExportFormat
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.told
import io.phonein.core.watch
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that Recent activity shows. */
data class ActivityState(
    val show: ActivityShow = ActivityShow.ALL,
    /** The entries so far, newest first; `null` until the core has said. */
    val entries: List<ActivityEntry>? = null,
    /** Whether there are older ones. */
    val hasMore: Boolean = false,
    /** The entry whose details are open. */
    val opened: String? = null,
    /** Whether it is asked as what to export. */
    val asksFormat: Boolean = false,
    /** Why the list, the export or giving back a use did not succeed. */
    val trouble: Told? = null,
)

/** Recent activity of the intercom on screen, over the core. */
class ActivityModel(
    private val phonein: Phonein,
) : ViewModel() {
    /** What is asked of the core: at least so many entries of that kind. */
    private data class Wanted(
        val show: ActivityShow = ActivityShow.ALL,
        val count: Int = 1,
    )

    private val wanted = MutableStateFlow(Wanted())
    private val mutable = MutableStateFlow(ActivityState())
    val state: StateFlow<ActivityState> = mutable.asStateFlow()
    private var intercom: String? = null

    /** Keeps the list right for as long as this intercom's is on screen. */
    suspend fun follow(intercom: String) {
        if (this.intercom != intercom) {
            this.intercom = intercom
            wanted.value = Wanted()
            mutable.value = ActivityState()
        }
        val changes = phonein.watch().filter { it.any(SHOWN::contains) }
        changes.combine(wanted) { _, wanted -> wanted }.collectLatest { ask(intercom, it) }
    }

    private suspend fun ask(
        intercom: String,
        wanted: Wanted,
    ) = said {
        val entries = mutableListOf<ActivityEntry>()
        var next: String? = null
        do {
            val page = phonein.activity(ActivityFilter(intercom, wanted.show), next)
            entries += page.entries
            next = page.next
        } while (next != null && entries.size < wanted.count)
        mutable.update { it.copy(entries = entries, hasMore = next != null, trouble = null) }
    }

    /** Only these, from the newest. */
    fun show(show: ActivityShow) {
        mutable.update { it.copy(show = show) }
        wanted.value = Wanted(show)
    }

    /** The end of the list came into sight. */
    fun more() {
        val shown = mutable.value.entries.orEmpty().size
        wanted.update { it.copy(count = shown + 1) }
    }

    /** Opens the details of an entry; `null` closes them. */
    fun open(entry: String?) = mutable.update { it.copy(opened = entry, trouble = null) }

    /** Asks as what to export, or asks no more. */
    fun askFormat(asks: Boolean) = mutable.update { it.copy(asksFormat = asks, trouble = null) }

    /** GIVE BACK THE USE. */
    fun giveBack(entry: String) {
        viewModelScope.launch { said { phonein.giveBack(entry) } }
    }

    /** The whole activity as a file: hands on its name and its text. */
    fun export(
        format: ExportFormat,
        hand: (String, String) -> Unit,
    ) {
        viewModelScope.launch {
            said {
                val content = phonein.exportActivity(format)
                mutable.update { it.copy(asksFormat = false) }
                hand(phonein.exportName(format), content)
            }
        }
    }

    private suspend fun said(act: suspend () -> Unit) =
        try {
            act()
        } catch (e: WalletException) {
            mutable.update { it.copy(trouble = e.told) }
        }

    private companion object {
        val SHOWN = setOf(Change.ACTIVITY, Change.KEYS, Change.INTERCOMS, Change.TIME)
    }
}
