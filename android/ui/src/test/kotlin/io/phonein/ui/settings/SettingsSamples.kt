package io.phonein.ui.settings

import io.phonein.core.ClockReading
import io.phonein.core.Intercom
import io.phonein.core.IntercomSettings
import io.phonein.core.Manager
import io.phonein.core.PathChoice
import io.phonein.core.Sign

val noSettingsActions = SettingsActions({}, {}, {}, {}, { _, _ -> }, {}, {}, {}, {}, {})

val anna = Manager("a", "Anna (this phone)", true)
val bela = Manager("b", "Béla", false)

/** As the core says them to a manager. */
fun settings(
    isManager: Boolean = true,
    innerDoor: Boolean? = true,
    clock: ClockReading? = null,
    changes: String = "All changes are at the intercom",
    strangers: String? = null,
) = IntercomSettings(
    intercom = Intercom("1", "Home", isManager, "4F2A 91C7 0B3E D8A5"),
    innerDoor = innerDoor.takeIf { isManager },
    zone = "Europe/Budapest",
    zoneWords = "Europe/Budapest, same as this phone",
    clockWords = clock?.title ?: "Europe/Budapest, same as this phone",
    clock = clock,
    managers = listOf(anna, bela),
    candidates = emptyList(),
    address = "http://192.168.1.40",
    addressWords = "http://192.168.1.40",
    paths = PathChoice.BOTH,
    askFirst = false,
    changesWords = changes,
    changesSign = if (changes.startsWith("All")) Sign.CHECK else Sign.ARROWS,
    heardWords = "Last heard today at 10:21 over Bluetooth",
    strangersWords = strangers,
)

/** Two hours apart. */
val differs =
    ClockReading(
        "The intercom's clock shows Tuesday, October 12, 2021 at 12:22, this phone Tuesday, October 12, 2021 at 10:22",
        "Use this phone's time, or leave it",
        true,
    )
