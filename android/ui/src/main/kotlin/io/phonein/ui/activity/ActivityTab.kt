@file:Suppress("UNUSED_PARAMETER")

package io.phonein.ui.activity

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

/** Recent activity of an intercom. */
@Composable
fun ActivityTab(
    content: TabContent,
    entry: Navigation.Entry,
    phonein: Phonein,
) = ActivityList(content)

/** Recent activity of an intercom, drawn: to come. */
@Composable
fun ActivityList(content: TabContent) =
    LazyColumn(Modifier.fillMaxSize(), contentPadding = content.padding) {
        content.notes(this)
        item { Empty(Icons.Clock, text(Label.NO_ACTIVITY), text(Label.NO_ACTIVITY_HELP)) }
    }
