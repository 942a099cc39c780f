package io.phonein.ui.home

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.input.nestedscroll.NestedScrollConnection
import androidx.compose.ui.input.nestedscroll.NestedScrollSource

/** Reading on in the list collapses the stage; pulling the list down from its beginning expands it. */
internal class StageScroll(
    private val onCollapse: (Boolean) -> Unit,
) : NestedScrollConnection {
    override fun onPostScroll(
        consumed: Offset,
        available: Offset,
        source: NestedScrollSource,
    ): Offset {
        if (consumed.y < 0) onCollapse(true)
        if (available.y > 0) onCollapse(false)
        return Offset.Zero
    }
}
