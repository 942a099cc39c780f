@file:Suppress("UNUSED_PARAMETER")

package io.phonein.ui.keys

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.Navigation
import io.phonein.ui.home.TabContent
import io.phonein.ui.parts.Empty
import io.phonein.ui.text
import io.phonein.ui.theme.Icons

/** The keys of an intercom. */
@Composable
fun KeysTab(
    content: TabContent,
    entry: Navigation.Entry,
    phonein: Phonein,
) = KeysList(content)

/** The keys of an intercom, drawn: to come. */
@Composable
fun KeysList(content: TabContent) =
    LazyColumn(Modifier.fillMaxSize(), contentPadding = content.padding) {
        content.notes(this)
        item { Empty(Icons.Key, text(Label.NO_KEYS), text(Label.NO_KEYS_HELP)) }
    }
