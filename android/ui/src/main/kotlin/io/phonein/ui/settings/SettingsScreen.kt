@file:Suppress("UNUSED_PARAMETER")

package io.phonein.ui.settings

import androidx.compose.runtime.Composable
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.Page
import io.phonein.ui.text

/** To come. */
@Composable
fun SettingsRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Settings,
) = Page(text(Label.SETTINGS), LocalNavigation.current::back) {}
