package io.phonein.app.door

import android.os.Build
import android.service.quicksettings.Tile
import android.service.quicksettings.TileService

/** Quick settings: opens the entrance. The phone is unlocked first. */
class EntranceTile : TileService() {
    override fun onStartListening() {
        // Nothing that is on or off: it can be pressed.
        qsTile?.run {
            state = Tile.STATE_INACTIVE
            updateTile()
        }
    }

    override fun onClick() {
        if (isLocked) unlockAndRun(::open) else open()
    }

    private fun open() {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            startActivityAndCollapse(OpenEntrance.pending(this))
        } else {
            @Suppress("DEPRECATION")
            startActivityAndCollapse(OpenEntrance.intent(this))
        }
    }
}
