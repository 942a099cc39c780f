package io.phonein.ui.parts

import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Between two things that belong together. */
@Composable
internal fun Line() = HorizontalDivider(Modifier.padding(horizontal = Space.l), color = Theme.colors.outlineVariant)
