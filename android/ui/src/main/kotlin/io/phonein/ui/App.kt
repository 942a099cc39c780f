package io.phonein.ui

import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import io.phonein.core.Phonein
import io.phonein.ui.accept.AcceptRoute
import io.phonein.ui.accept.SentKeyRoute
import io.phonein.ui.adddevice.AddDeviceRoute
import io.phonein.ui.created.CreatedRoute
import io.phonein.ui.created.ShareRoute
import io.phonein.ui.home.HomeRoute
import io.phonein.ui.keys.KeyRoute
import io.phonein.ui.locations.LocationsRoute
import io.phonein.ui.managers.ManagersRoute
import io.phonein.ui.newkey.EditKeyRoute
import io.phonein.ui.newkey.NewKeyRoute
import io.phonein.ui.parts.Empty
import io.phonein.ui.settings.ClockRoute
import io.phonein.ui.settings.SettingsRoute
import io.phonein.ui.theme.Icons

/** The whole app, inside a theme: nothing yet, then its screens, or why there are none. [beside] draws nothing of its own. */
@Composable
fun App(
    opening: Opening,
    navigation: Navigation,
    shell: Shell,
    beside: @Composable (Phonein) -> Unit,
) {
    val opened by opening.state.collectAsState()
    when (val core = opened) {
        Opened.NotYet -> {}
        is Opened.Failed -> Empty(Icons.Alert, core.told.title, core.told.detail)
        is Opened.Ready -> {
            App(core.phonein, navigation, shell)
            beside(core.phonein)
        }
    }
}

/** Its screens. */
@Composable
fun App(
    phonein: Phonein,
    navigation: Navigation,
    shell: Shell,
) = CompositionLocalProvider(
    LocalLabels provides phonein::label,
    LocalNavigation provides navigation,
    LocalShell provides shell,
) {
    Surface {
        val entry = navigation.shown
        when (val route = entry.route) {
            Route.Home -> HomeRoute(entry, phonein)
            Route.AddDevice -> AddDeviceRoute(entry, phonein)
            Route.Locations -> LocationsRoute(entry, phonein)
            is Route.Settings -> SettingsRoute(entry, phonein, route)
            is Route.Clock -> ClockRoute(entry, phonein, route)
            is Route.Managers -> ManagersRoute(entry, phonein, route)
            is Route.NewKey -> NewKeyRoute(entry, phonein, route)
            is Route.EditKey -> EditKeyRoute(entry, phonein, route)
            is Route.Created -> CreatedRoute(entry, phonein, route)
            is Route.Share -> ShareRoute(entry, phonein, route)
            is Route.Key -> KeyRoute(entry, phonein, route)
            Route.SentKey -> SentKeyRoute(entry, phonein)
            is Route.Accept -> AcceptRoute(entry, phonein, route)
        }
    }
}
