@file:Suppress("UNUSED_PARAMETER")

package io.phonein.ui.created

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
fun CreatedRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Created,
) = Page(text(Label.KEY_CREATED), LocalNavigation.current::back) {}
