package io.phonein.app

import android.content.Context
import android.content.pm.ShortcutInfo
import android.content.pm.ShortcutManager
import android.graphics.drawable.Icon
import io.phonein.app.door.OpenEntrance
import io.phonein.core.Change
import io.phonein.core.Intercom
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.core.WalletException
import io.phonein.core.watch
import kotlinx.coroutines.flow.filter

/** The entrances under a long press on the app's icon, as many as a launcher shows. */
class Shortcuts(
    private val context: Context,
) {
    private val shortcuts = context.system<ShortcutManager>()

    /** Keeps them as the intercoms are. */
    suspend fun keep(phonein: Phonein) =
        phonein.watch().filter { Change.INTERCOMS in it }.collect {
            try {
                show(phonein.intercoms(), phonein.label(Label.ENTRANCE))
            } catch (_: WalletException) {
                // They stay as they were.
            }
        }

    fun show(
        intercoms: List<Intercom>,
        entrance: String,
    ) {
        shortcuts.dynamicShortcuts = intercoms.take(MOST).map { shortcut(it, entrance) }
        val shown = intercoms.map { it.id }
        // One that was pinned stays where it is, and must not open what was removed.
        shortcuts.disableShortcuts(shortcuts.pinnedShortcuts.map { it.id }.filter { it !in shown })
    }

    private fun shortcut(
        intercom: Intercom,
        entrance: String,
    ) = ShortcutInfo
        .Builder(context, intercom.id)
        .setShortLabel(intercom.name)
        .setLongLabel("${intercom.name} · $entrance")
        .setIcon(Icon.createWithResource(context, R.drawable.ic_entrance))
        .setIntent(OpenEntrance.intent(context, intercom.id))
        .build()

    private companion object {
        const val MOST = 4
    }
}
