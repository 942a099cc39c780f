package io.phonein.ui.parts

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import io.phonein.ui.theme.Space

/** A [Page] of many rows. */
@Composable
fun ListPage(
    title: String,
    onBack: () -> Unit,
    content: LazyListScope.() -> Unit,
) = Box(Modifier.fillMaxSize().windowInsetsPadding(WindowInsets.safeDrawing), Alignment.TopCenter) {
    Column(Modifier.widthIn(max = MOST).fillMaxSize()) {
        PageTitle(title, onBack)
        LazyColumn(Modifier.weight(1f), contentPadding = PaddingValues(Space.l, Space.xs, Space.l, Space.xl), content = content)
    }
}
