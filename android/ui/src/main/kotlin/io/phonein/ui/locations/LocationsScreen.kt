@file:Suppress("UNUSED_PARAMETER")

package io.phonein.ui.locations

import androidx.compose.runtime.Composable
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.parts.Page
import io.phonein.ui.text

/** To come. */
@Composable
fun LocationsRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
) = Page(text(Label.LOCATIONS), LocalNavigation.current::back) {}
