package io.phonein.ui.newkey

import androidx.compose.foundation.relocation.BringIntoViewRequester
import androidx.compose.foundation.relocation.bringIntoViewRequester
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import io.phonein.core.KeyField

/** Where the fields stand, so that the page can go to one that is wrong. */
internal class Places {
    val views = KeyField.entries.associateWith { BringIntoViewRequester() }
    val typed = listOf(KeyField.NAME, KeyField.WELCOME).associateWith { FocusRequester() }

    suspend fun goTo(field: KeyField) {
        typed[field]?.requestFocus()
        views.getValue(field).bringIntoView()
    }
}

/** Here is what belongs to these fields. */
internal fun Modifier.inPlace(
    places: Places,
    vararg fields: KeyField,
): Modifier =
    fields.fold(this) { place, field ->
        val seen = place.bringIntoViewRequester(places.views.getValue(field))
        places.typed[field]?.let(seen::focusRequester) ?: seen
    }
