package io.phonein.ui.activity

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.ActivityEntry
import io.phonein.core.ActivityFilter
import io.phonein.core.ActivityPage
import io.phonein.core.ActivityShow
import io.phonein.core.Change
import io.phonein.core.EmptyList
import io.phonein.core.ExportFormat
import io.phonein.core.Phonein
import io.phonein.core.ShowChoice
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

/** All that Recent activity shows. */
data class ActivityState(
    val show: ActivityShow = ActivityShow.ALL,
    /** The entries so far, newest first; `null` until the core has said. */
    val entries: List<ActivityEntry>? = null,
    /** Whether there are older ones. */
    val hasMore: Boolean = false,
    /** The kinds to choose from; none where there is nothing of any. */
    val choices: List<ShowChoice> = emptyList(),
    /** What the list says while there are none. */
    val empty: EmptyList? = null,
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
    private val mutable = MutableStateFlow(ActivityState())
    val state: StateFlow<ActivityState> = mutable.asStateFlow()
    private var intercom: String? = null
    private var reading: Job? = null
    private var read = Parts<ActivityEntry>()

    /** The last entry that was on screen. */
    private var seen = 0

    /** Keeps the list right for as long as this intercom's is on screen. */
    suspend fun follow(intercom: String) {
        if (this.intercom != intercom) {
            this.intercom = intercom
            seen = 0
            mutable.value = ActivityState()
        }
        phonein.follow(Change.ACTIVITY) { read(Parts()).join() }
    }

    /** Only these, from the newest. */
    fun show(show: ActivityShow) {
        mutable.update { it.copy(show = show) }
        seen = 0
        read(Parts())
    }

    /** The end of the list came into sight. */
    fun more() {
        seen = read.rows.size
        if (reading?.isActive != true && read.isShort(seen)) read(read)
    }

    /** Reads on, or from nothing all that was looked at. */
    private fun read(from: Parts<ActivityEntry>): Job {
        reading?.cancel()
        return viewModelScope.launch {
            said {
                val filter = ActivityFilter(intercom, mutable.value.show)
                var last: ActivityPage? = null
                read =
                    from.readOn(seen) { after ->
                        val page = phonein.activity(filter, after)
                        last = page
                        Part(page.entries, page.next, page.ahead)
                    }
                mutable.update {
                    it.copy(entries = read.rows, hasMore = read.goesOn, choices = last?.choices.orEmpty(), empty = last?.empty, trouble = null)
                }
            }
        }.also { reading = it }
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
}
