package io.phonein.ui

import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import io.phonein.core.Phonein
import io.phonein.ui.adddevice.AddDeviceModel
import io.phonein.ui.adddevice.AddDeviceRoute
import io.phonein.ui.home.HomeModel
import io.phonein.ui.home.HomeRoute

/** The whole app, inside a theme. */
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
        when (entry.route) {
            Route.Home -> HomeRoute(entry.model { HomeModel(phonein) })
            Route.AddDevice -> AddDeviceRoute(entry.model { AddDeviceModel(phonein) })
        }
    }
}
