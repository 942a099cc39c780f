package io.phonein.app

import android.content.Intent
import android.os.Build
import android.os.Bundle
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.dynamicDarkColorScheme
import androidx.compose.material3.dynamicLightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.lifecycleScope
import androidx.lifecycle.repeatOnLifecycle
import io.phonein.core.DayClock
import io.phonein.core.Phonein
import io.phonein.core.WalletException
import io.phonein.core.setLocale
import io.phonein.ui.App
import io.phonein.ui.LocalReducedMotion
import io.phonein.ui.Navigation
import io.phonein.ui.Opened
import io.phonein.ui.Route
import io.phonein.ui.theme.PhoneinTheme
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import java.time.ZoneId
import java.util.Locale

/** The only page of Android's: all of the app's own are drawn in it. */
class MainActivity : ComponentActivity() {
    private val opening get() = (application as PhoneinApplication).opening
    private val navigation: Navigation by viewModels()

    /** The language, the clock and the zone in which the core was told to speak. */
    private var spoken: Triple<DayClock, Locale, ZoneId>? = null

    // Made with the activity: it registers for what Android answers.
    private val shell = AndroidShell(this) { (opening.state.value as? Opened.Ready)?.phonein }

    override fun onCreate(savedInstanceState: Bundle?) {
        enableEdgeToEdge()
        super.onCreate(savedInstanceState)
        // Made anew after the screen was turned or the process ended, it has the intent of before.
        if (savedInstanceState == null) arrive(intent)
        setContent { Content() }
        lifecycleScope.launch {
            val phonein = opening.state.filterIsInstance<Opened.Ready>().first().phonein
            launch { Shortcuts(this@MainActivity).keep(phonein) }
            repeatOnLifecycle(Lifecycle.State.STARTED) {
                speak(phonein)
                keepInTouch(this@MainActivity, phonein)
            }
        }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        arrive(intent)
    }

    override fun onStart() {
        super.onStart()
        opening.begin()
    }

    /** For a language the activity is made anew; the zone and the hours change while it is behind others. */
    private fun speak(phonein: Phonein) {
        val now = Triple(dayClock, resources.configuration.locales[0], ZoneId.systemDefault())
        if (now == spoken) return
        spoken = now
        phonein.setLocale(now.first, now.second, now.third)
    }

    private fun arrive(intent: Intent) =
        when (val arrival = Arrival.of(intent)) {
            Arrival.Plain -> {}
            is Arrival.Link -> navigation.openLink(arrival.text)
            is Arrival.Entrance -> navigation.openEntrance(arrival.intercom)
        }

    @Composable
    private fun Content() {
        BackHandler(navigation.goesBack, navigation::back)
        val isReduced = Settings.Global.getFloat(contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 1f) == 0f
        PhoneinTheme(scheme = systemColors(isSystemInDarkTheme())) {
            CompositionLocalProvider(LocalReducedMotion provides isReduced) {
                App(opening, navigation, shell) { AskForBluetooth(it) }
            }
        }
    }

    /** Those of the wallpaper, where that was chosen. */
    private fun systemColors(isDark: Boolean): ColorScheme? {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.S || shell.usesSystemColors != true) return null
        return if (isDark) dynamicDarkColorScheme(this) else dynamicLightColorScheme(this)
    }

    /** In context: where a device is looked for, where a key is accepted, and once there is a door. */
    @Composable
    private fun AskForBluetooth(phonein: Phonein) {
        val route = navigation.shown.route
        LaunchedEffect(route) {
            try {
                val isNeeded = route == Route.AddDevice || route is Route.Accept || (route == Route.Home && phonein.intercoms().isNotEmpty())
                // What waited for it, a key that was accepted, is delivered at once.
                if (isNeeded && shell.askForBluetoothOnce()) phonein.sync()
            } catch (_: WalletException) {
                // The screens say what is wrong with it.
            }
        }
    }
}
