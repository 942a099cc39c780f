package io.phonein.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.asPaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.phonein.core.Label
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** The widest a column of text may be. */
internal val MOST = 560.dp

/** Whether text is so large that nothing may stand beside what can grow, and nothing is pinned. */
@Composable
fun isTextLarge(): Boolean = LocalDensity.current.fontScale >= 1.5f

/** Lower than this, as above a keyboard on a small phone, what is pinned would leave no room to type in. */
private val LEAST = 480.dp

/**
 * A page with a title and *back*, or without both. What is in [dock] stays at the bottom, or ends the page where text is large
 * or the page is low.
 *
 * @param isDockRaised whether the dock has a ground of its own.
 */
@Composable
fun Page(
    title: String?,
    onBack: () -> Unit,
    dock: @Composable ColumnScope.() -> Unit = {},
    isDockRaised: Boolean = false,
    content: @Composable ColumnScope.() -> Unit,
) = BoxWithConstraints(
    Modifier.fillMaxSize().windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Top + WindowInsetsSides.Horizontal)),
    Alignment.TopCenter,
) {
    val bottom = WindowInsets.safeDrawing.only(WindowInsetsSides.Bottom)
    val isPinned = !isTextLarge() && maxHeight - bottom.asPaddingValues().calculateBottomPadding() >= LEAST
    val ground = if (isDockRaised) Modifier.background(Theme.colors.surfaceContainer, Corner.sheet).padding(top = 10.dp) else Modifier
    Column(Modifier.widthIn(max = MOST).fillMaxSize()) {
        if (title != null) PageTitle(title, onBack)
        Column(
            Modifier
                .weight(1f)
                .verticalScroll(rememberScrollState())
                .then(if (isPinned) Modifier else Modifier.windowInsetsPadding(bottom))
                .padding(Space.l, Space.xs, Space.l, Space.xl),
            Arrangement.spacedBy(Space.l),
        ) {
            content()
            if (!isPinned) Column(content = dock)
        }
        if (isPinned) Column(ground.windowInsetsPadding(bottom).padding(Space.l, Space.s, Space.l, Space.xl), content = dock)
    }
}

/** A page's title beside *back*. */
@Composable
internal fun PageTitle(
    title: String,
    onBack: () -> Unit,
) = Row(
    Modifier.fillMaxWidth().heightIn(min = 64.dp).padding(horizontal = Space.xs),
    Arrangement.spacedBy(Space.xs),
    Alignment.CenterVertically,
) {
    NamedIconButton(Icons.Back, text(Label.BACK), onBack)
    Text(title, Modifier.weight(1f).semantics { heading() }, style = Theme.type.title)
}
