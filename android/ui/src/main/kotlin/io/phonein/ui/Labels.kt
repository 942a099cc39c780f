package io.phonein.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.staticCompositionLocalOf
import io.phonein.core.Label

/** Where labels come from: `Phonein.label`. */
val LocalLabels = staticCompositionLocalOf<(Label) -> String> { error("no core") }

/** What the core has on this button, over this field or in this title. */
@Composable
@ReadOnlyComposable
fun text(label: Label): String = LocalLabels.current(label)
