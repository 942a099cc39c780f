package io.phonein.ui.keys

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Change
import io.phonein.core.Keep
import io.phonein.core.KeyDetails
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

/** A key's page. */
data class KeyState(
    /** `null` until the core has said. */
    val key: KeyDetails? = null,
    /** Why there is nothing to show. */
    val fault: Told? = null,
    /** A new key, made in place of one that another manager deleted. */
    val replacement: String? = null,
)

/** A key's page over the core. */
class KeyModel(
    private val phonein: Phonein,
    private val key: String,
) : ViewModel() {
    private val mutable = MutableStateFlow(KeyState())
    val state: StateFlow<KeyState> = mutable.asStateFlow()

    init {
        viewModelScope.launch { phonein.follow(Change.KEYS, ::ask) }
    }

    private suspend fun ask() =
        try {
            val details = phonein.key(key)
            mutable.update { KeyState(details) }
        } catch (e: WalletException) {
            mutable.update { it.copy(fault = e.told) }
        }

    /** Whose change of an overtaken key counts. */
    fun resolve(keep: Keep) {
        viewModelScope.launch {
            try {
                val kept = phonein.resolve(key, keep)
                if (kept != key) mutable.update { it.copy(replacement = kept) }
            } catch (e: WalletException) {
                mutable.update { it.copy(fault = e.told) }
            }
        }
    }
}
