package io.phonein.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.ModalBottomSheet
import androidx.compose.material3.rememberModalBottomSheetState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** What belongs to one thing on the page, over the page's lower edge. It scrolls where it is too high. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun BottomSheet(
    onClose: () -> Unit,
    content: @Composable ColumnScope.() -> Unit,
) = ModalBottomSheet(
    onClose,
    sheetState = rememberModalBottomSheetState(skipPartiallyExpanded = true),
    shape = Corner.sheet,
    containerColor = Theme.colors.surfaceContainerLow,
    contentColor = Theme.colors.onSurface,
    // Material's own is a target of less than 48 dp.
    dragHandle = null,
) {
    Column(
        Modifier.verticalScroll(rememberScrollState()).padding(Space.xl, Space.m, Space.xl, Space.xl),
        Arrangement.spacedBy(Space.l),
    ) {
        Box(Modifier.align(Alignment.CenterHorizontally).size(32.dp, 4.dp).background(Theme.colors.outline, CircleShape))
        content()
    }
}
