package io.phonein.ui.managers

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.KeyRow
import io.phonein.core.Manager
import io.phonein.core.ManagerRemoval
import io.phonein.core.Phonein
import io.phonein.core.WalletException
import io.phonein.ui.follow
import io.phonein.ui.settings.Progress
import io.phonein.ui.settings.freshen
import io.phonein.ui.settings.wrongOf
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that Managers shows. */
data class ManagersState(
    val managers: List<Manager> = emptyList(),
    /** A key of each who could be made one. */
    val candidates: List<KeyRow> = emptyList(),
    /** Whose key it is asked of whether they become one. */
    val candidate: KeyRow? = null,
    /** Who is being removed, once it is known what that asks. */
    val leaving: Leaving? = null,
    val progress: Progress = Progress(),
)

/** A manager who is being removed. */
data class Leaving(
    val manager: String,
    val removal: ManagerRemoval,
    /** The keys to be deleted with them. */
    val deleted: Set<String>,
)

/** The managers of an intercom over the core. */
class ManagersModel(
    private val phonein: Phonein,
    private val intercom: String,
) : ViewModel() {
    private val mutable = MutableStateFlow(ManagersState())
    val state: StateFlow<ManagersState> = mutable.asStateFlow()

    init {
        viewModelScope.launch { phonein.follow(Change.SETTINGS, ::ask) }
        viewModelScope.launch { freshen(phonein) }
    }

    private suspend fun ask() =
        try {
            val settings = phonein.settings(intercom)
            mutable.update { it.copy(managers = settings.managers, candidates = settings.candidates) }
        } catch (_: WalletException) {
            // The page below says so.
        }

    /** Asks whether the holder of this key becomes a manager; `null` asks no more. */
    fun propose(key: KeyRow?) = mutable.update { it.copy(candidate = key, progress = Progress()) }

    /** MAKE MANAGER. */
    fun add() {
        val key = mutable.value.candidate ?: return
        change { phonein.addManager(key.id) }
    }

    /** Asks what to do with the keys of a manager who is to be removed. */
    fun askRemoval(manager: String) {
        viewModelScope.launch {
            val wrong =
                wrongOf {
                    val removal = phonein.managerRemoval(intercom, manager)
                    val proposed = removal.keys.filter { it.proposeDelete }.map { it.id }
                    mutable.update { it.copy(leaving = Leaving(manager, removal, proposed.toSet()), progress = Progress()) }
                }
            if (wrong != null) mutable.update { it.copy(progress = Progress(wrong = wrong)) }
        }
    }

    /** Keep this key, or delete it. */
    fun keep(
        key: String,
        keeps: Boolean,
    ) = mutable.update {
        val leaving = it.leaving ?: return@update it
        it.copy(leaving = leaving.copy(deleted = if (keeps) leaving.deleted - key else leaving.deleted + key))
    }

    fun closeRemoval() = mutable.update { it.copy(leaving = null, progress = Progress()) }

    /** REMOVE. */
    fun remove() {
        val leaving = mutable.value.leaving ?: return
        change { phonein.removeManager(intercom, leaving.manager, leaving.deleted.toList()) }
    }

    private fun change(act: suspend () -> Unit) {
        if (mutable.value.progress.isWorking) return
        mutable.update { it.copy(progress = Progress(isWorking = true)) }
        viewModelScope.launch {
            val wrong = wrongOf(act)
            ask()
            mutable.update {
                if (wrong == null) {
                    it.copy(candidate = null, leaving = null, progress = Progress())
                } else {
                    it.copy(progress = Progress(wrong = wrong))
                }
            }
        }
    }
}
