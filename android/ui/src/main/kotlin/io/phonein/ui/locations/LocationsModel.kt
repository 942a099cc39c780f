package io.phonein.ui.locations

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.Intercom
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.told
import io.phonein.ui.follow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** All that My Locations shows. */
data class LocationsState(
    val intercoms: List<Intercom> = emptyList(),
    /** Why there are none. */
    val trouble: Told? = null,
)

/** My Locations over the core. */
class LocationsModel(
    private val phonein: Phonein,
) : ViewModel() {
    private val mutable = MutableStateFlow(LocationsState())
    val state: StateFlow<LocationsState> = mutable.asStateFlow()

    init {
        viewModelScope.launch { phonein.follow(Change.INTERCOMS, ::ask) }
    }

    private suspend fun ask() =
        try {
            val intercoms = phonein.intercoms()
            mutable.update { LocationsState(intercoms) }
        } catch (e: WalletException) {
            mutable.update { it.copy(trouble = e.told) }
        }
}
