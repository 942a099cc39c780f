package io.phonein.ui

import io.phonein.core.Phonein
import io.phonein.core.Told
import io.phonein.core.WalletException
import io.phonein.core.told
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch

/** How far the core is. */
sealed interface Opened {
    data object NotYet : Opened

    class Ready(
        val phonein: Phonein,
    ) : Opened

    /** It could not be opened; the words are the core's. */
    class Failed(
        val told: Told,
    ) : Opened
}

/** Opens the core while the screen is still being made. */
class Opening(
    private val scope: CoroutineScope = CoroutineScope(SupervisorJob() + Dispatchers.Default),
    private val open: suspend () -> Phonein,
) {
    private val mutable = MutableStateFlow<Opened>(Opened.NotYet)
    val state: StateFlow<Opened> = mutable.asStateFlow()

    private var isOpening = false

    /** Begins, or begins again after a failure. */
    @Synchronized
    fun begin() {
        if (isOpening || mutable.value is Opened.Ready) return
        isOpening = true
        scope.launch {
            mutable.value =
                try {
                    Opened.Ready(open())
                } catch (e: WalletException) {
                    Opened.Failed(e.told)
                } finally {
                    isOpening = false
                }
        }
    }
}
