package io.phonein.app

import android.content.Intent
import android.os.Bundle
import android.provider.Settings
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.activity.viewModels
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.lifecycleScope
import androidx.lifecycle.repeatOnLifecycle
import io.phonein.core.Phonein
import io.phonein.core.setLocale
import io.phonein.ui.App
import io.phonein.ui.LocalReducedMotion
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.Empty
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.PhoneinTheme
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch

/** The only page of Android's: all of the app's own are drawn in it. */
class MainActivity : ComponentActivity() {
    private val opening get() = (application as PhoneinApplication).opening
    private val navigation: Navigation by viewModels()
    private val places by lazy { Places(this) }

    // Made with the activity: it registers for what Android answers.
    private val shell = AndroidShell(this) { (opening.state.value as? Opened.Ready)?.phonein }

    override fun onCreate(savedInstanceState: Bundle?) {
        enableEdgeToEdge()
        super.onCreate(savedInstanceState)
        if (navigation.place == null) navigation.place = places.last
        // Made anew after the screen was turned or the process ended, it has the intent of before.
        if (savedInstanceState == null) arrive(intent)
        setContent { Content() }
        lifecycleScope.launch {
            val phonein = opening.state.filterIsInstance<Opened.Ready>().first().phonein
            // The activity is made anew whenever the language or the zone changes.
            phonein.setLocale(dayClock, resources.configuration.locales[0])
            launch { Shortcuts(this@MainActivity).keep(phonein) }
            repeatOnLifecycle(Lifecycle.State.STARTED) { keepInTouch(this@MainActivity, phonein) }
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

    override fun onStop() {
        places.last = navigation.place
        super.onStop()
    }

    private fun arrive(intent: Intent) =
        when (val arrival = Arrival.of(intent)) {
            Arrival.Plain -> {}
            is Arrival.Link -> navigation.openLink(arrival.text)
            is Arrival.Entrance -> navigation.openEntrance(arrival.intercom)
        }

    @Composable
    private fun Content() {
        val opened by opening.state.collectAsState()
        BackHandler(navigation.goesBack, navigation::back)
        val isReduced = Settings.Global.getFloat(contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 1f) == 0f
        PhoneinTheme {
            when (val core = opened) {
                Opened.NotYet -> {}
                is Opened.Failed -> Empty(Icons.Alert, core.told.title, core.told.detail)
                is Opened.Ready ->
                    CompositionLocalProvider(LocalReducedMotion provides isReduced) {
                        App(core.phonein, navigation, shell)
                        AskForBluetooth(core.phonein)
                    }
            }
        }
    }

    /** In context: where a device is looked for, and once there is a door. */
    @Composable
    private fun AskForBluetooth(phonein: Phonein) {
        val route = navigation.shown.route
        LaunchedEffect(route) {
            val isNeeded = route == Route.AddDevice || (route == Route.Home && phonein.intercoms().isNotEmpty())
            if (isNeeded) shell.askForBluetoothOnce()
        }
    }
}
