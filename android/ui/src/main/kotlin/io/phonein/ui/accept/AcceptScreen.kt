@file:Suppress("UNUSED_PARAMETER")

package io.phonein.ui.accept

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
fun AcceptRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Accept,
) = Page(text(Label.SENT_KEY), LocalNavigation.current::back) {}

/** To come. */
@Composable
fun SentKeyRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
) = Page(text(Label.SENT_KEY), LocalNavigation.current::back) {}
