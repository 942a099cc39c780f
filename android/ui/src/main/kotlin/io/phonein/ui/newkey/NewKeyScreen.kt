@file:Suppress("UNUSED_PARAMETER")

package io.phonein.ui.newkey

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
fun NewKeyRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.NewKey,
) = Page(text(Label.NEW_KEY_TITLE), LocalNavigation.current::back) {}

/** To come. */
@Composable
fun EditKeyRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.EditKey,
) = Page(text(Label.EDIT_KEY), LocalNavigation.current::back) {}
