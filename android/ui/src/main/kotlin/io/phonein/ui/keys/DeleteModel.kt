package io.phonein.ui.keys

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.told
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/**
 * What is asked before a key goes.
 *
 * @param yes what the button says that does it.
 */
data class DeleteQuestion(
    val key: String,
    val told: Told,
    val yes: String,
)

/** How a deletion goes on. */
data class DeleteState(
    val question: DeleteQuestion? = null,
    /** What came of it, to be shown once. */
    val said: String? = null,
    /** The key is gone from this phone, or the door was told that it is to be. */
    val isDone: Boolean = false,
)

/** Delete, from the list and from a key's page. */
class DeleteModel(
    private val phonein: Phonein,
) : ViewModel() {
    private val mutable = MutableStateFlow(DeleteState())
    val state: StateFlow<DeleteState> = mutable.asStateFlow()

    fun ask(key: String) =
        act {
            val details = phonein.key(key)
            val question = DeleteQuestion(key, details.deleteQuestion, details.deleteWords)
            mutable.update { it.copy(question = question) }
        }

    fun delete(asked: DeleteQuestion) =
        act {
            keep()
            val said = phonein.deleteKey(asked.key)
            mutable.update { it.copy(said = said, isDone = true) }
        }

    /** The question was answered with KEEP. */
    fun keep() = mutable.update { it.copy(question = null) }

    fun saidShown() = mutable.update { it.copy(said = null) }

    private fun act(deed: suspend () -> Unit) {
        viewModelScope.launch {
            try {
                deed()
            } catch (e: WalletException) {
                mutable.update { it.copy(said = e.told.sentence) }
            }
        }
    }
}
