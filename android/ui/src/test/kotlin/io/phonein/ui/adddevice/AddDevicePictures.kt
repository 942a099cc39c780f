package io.phonein.ui.adddevice

import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.phonein.core.AddField
import io.phonein.core.Told
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.core
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import org.junit.Rule
import org.junit.Test

class AddDevicePictures {
    @get:Rule
    val compose = createComposeRule()

    private val actions = AddDeviceActions({}, {}, {}, {}, {}, {}, {})

    private val typing = "3f0c9a4e-71d2-4b".let { AddDeviceState(it, reading = core.checkCode(it), name = "Home", ownName = "Anna") }

    private val notFound =
        typing.copy(
            address = "192.168.1.40",
            asksAddress = true,
            ended = "Not found over Bluetooth".let { Told(it, "Stand near the device, or give its network address", it) },
        )

    private val wrong = AddDeviceState("zz", reading = core.checkCode("zz"), wrong = AddField.NAME to "Give the intercom a name")

    private val searching = typing.copy(step = "Searching…")

    @Test
    fun empty() = pictures("adddevice/empty") { AddDeviceScreen(AddDeviceState(), actions) }

    @Test
    fun `not found`() = pictures("adddevice/not-found") { AddDeviceScreen(notFound, actions) }

    @Test
    fun wrong() = pictures("adddevice/wrong") { AddDeviceScreen(wrong, actions) }

    @Test
    fun searching() = pictures("adddevice/searching") { AddDeviceScreen(searching, actions) }

    @Test
    fun `large text is whole`() {
        compose.show(Look(width = 320, height = 640, fontScale = 2f)) { AddDeviceScreen(notFound, actions) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }
}
