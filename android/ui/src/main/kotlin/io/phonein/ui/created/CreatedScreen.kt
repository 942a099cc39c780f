package io.phonein.ui.created

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.material3.Surface
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import io.phonein.core.KeyDetails
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.core.Share
import io.phonein.ui.Handed
import io.phonein.ui.LocalNavigation
import io.phonein.ui.LocalShell
import io.phonein.ui.Navigation
import io.phonein.ui.OnBack
import io.phonein.ui.OnScreen
import io.phonein.ui.Route
import io.phonein.ui.Shell
import io.phonein.ui.keys.DeliveredBadge
import io.phonein.ui.keys.StatusBadge
import io.phonein.ui.parts.AccessButton
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.parts.TonalButton
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Corner
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** Key created. */
@Composable
fun CreatedRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Created,
) = ShareRoute(entry, phonein, route.key, isNew = true)

/** The same page for a key there is. */
@Composable
fun ShareRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Share,
) = ShareRoute(entry, phonein, route.key, isNew = false)

@Composable
private fun ShareRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    key: String,
    isNew: Boolean,
) {
    val model = entry.model { CreatedModel(phonein, key) }
    val state by model.state.collectAsState()
    val navigation = LocalNavigation.current
    val shell = LocalShell.current
    LaunchedEffect(state.copied) {
        state.copied?.let {
            navigation.back()
            navigation.open(Route.Created(it))
        }
    }
    val actions =
        CreatedActions(
            onShare = {
                model.onShared(shell.share(it.text))
            },
            onCopyLink = {
                model.onShared(shell.copy(it.link))
            },
            onHoldOut = { model.onShared(Handed.TOLD) },
            onForOthers = model::onCopy,
            onNewPhone = model::onNewPhone,
            onMoreUses = model::onMoreUses,
            onNoUses = model::onNoUses,
            onDone = navigation::back,
        )
    CreatedScreen(state, actions, isNew)
}

/** What can be done on Created and Share. */
class CreatedActions(
    val onShare: (Share) -> Unit,
    val onCopyLink: (Share) -> Unit,
    /** The code is shown large, for somebody to scan. */
    val onHoldOut: () -> Unit,
    val onForOthers: () -> Unit,
    val onNewPhone: () -> Unit,
    val onMoreUses: (Int) -> Unit,
    val onNoUses: () -> Unit,
    val onDone: () -> Unit,
)

/**
 * A key and its way to somebody.
 *
 * @param isNew whether it was made just now.
 */
@Composable
fun CreatedScreen(
    state: CreatedState,
    actions: CreatedActions,
    isNew: Boolean,
) {
    var isHeldOut by rememberSaveable { mutableStateOf(false) }
    val share = state.share
    val shell = LocalShell.current
    val shown = if (share == null) OnScreen.NOTHING_SECRET else if (isHeldOut) OnScreen.QR_CODE_HELD_OUT else OnScreen.LINK
    DisposableEffect(shell, shown) {
        shell.onScreen(shown)
        onDispose { shell.onScreen(OnScreen.NOTHING_SECRET) }
    }
    if (isHeldOut && share != null) {
        HeldOut(share) { isHeldOut = false }
        return
    }
    val key = state.key
    val title = if (isNew) null else key?.row?.name.orEmpty()
    Page(title, actions.onDone, dock = { Dock(state, actions) }) {
        Column(Modifier.fillMaxWidth(), horizontalAlignment = Alignment.CenterHorizontally) {
            if (isNew) Created()
            if (key != null) Rule(key)
            if (share != null) {
                Code(share) {
                    isHeldOut = true
                    actions.onHoldOut()
                }
                Under(share) { actions.onCopyLink(share) }
                if (shell.hidesLinks != null) HideLinks(shell)
            }
        }
        state.failure?.let { Notice(it.title, detail = it.detail) }
        state.again?.let { ShareAgain(it, actions) }
    }
    if (state.asksUses) key?.moreUses?.let { MoreUses(it, actions) }
}

@Composable
private fun Created() {
    val arch = RoundedCornerShape(36.dp, 36.dp, 14.dp, 14.dp)
    Spacer(Modifier.height(Space.xl))
    Box(Modifier.size(72.dp).background(Theme.meanings.active, arch), Alignment.Center) {
        Icon(Icons.Key, contentDescription = null, Modifier.size(36.dp), Theme.meanings.onActive)
    }
    Text(
        text(Label.KEY_CREATED),
        Modifier.padding(top = Space.l, bottom = Space.s).semantics { heading() },
        style = Theme.type.headline,
        textAlign = TextAlign.Center,
    )
}

/** The rule, and how far the key has got. */
@Composable
private fun Rule(key: KeyDetails) {
    Text(key.sentence, Modifier.padding(bottom = Space.l), style = Theme.type.sentence, textAlign = TextAlign.Center)
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(Space.s, Alignment.CenterHorizontally),
        verticalArrangement = Arrangement.spacedBy(Space.s),
    ) {
        StatusBadge(key.row)
        if (key.isDelivered) DeliveredBadge(key.deliveryWords)
    }
    if (!key.isDelivered) Support(key.deliveryWords)
}

@Composable
private fun Support(words: String) =
    Text(
        words,
        Modifier.padding(top = Space.s),
        color = Theme.colors.onSurfaceVariant,
        style = Theme.type.support,
        textAlign = TextAlign.Center,
    )

@Composable
private fun Code(
    share: Share,
    onClick: () -> Unit,
) {
    val name = text(Label.QR_CODE)
    Surface(
        onClick,
        Modifier.padding(top = Space.xl).widthIn(max = 322.dp).semantics {
            contentDescription = name
            role = Role.Button
        },
        shape = Corner.card,
        color = Color.White,
        border = BorderStroke(1.dp, Theme.colors.outlineVariant),
    ) { QrCode(share.qr, Modifier.fillMaxWidth()) }
}

/** What to know of the link, and it alone. */
@Composable
private fun Under(
    share: Share,
    onCopy: () -> Unit,
) {
    Spacer(Modifier.height(Space.s))
    Support(share.ownerWords)
    Support(share.untilWords)
    QuietButton(text(Label.COPY_LINK), onCopy, Modifier.padding(top = Space.xs))
}

/** Whoever sees a screenshot with the link in it may get the key. */
@Composable
private fun HideLinks(shell: Shell) {
    var isOn by remember(shell) { mutableStateOf(shell.hidesLinks == true) }
    val choose = { on: Boolean ->
        isOn = on
        shell.hidesLinks = on
    }
    Row(
        Modifier.widthIn(max = 322.dp).fillMaxWidth().heightIn(min = Space.touch).toggleable(isOn, role = Role.Switch, onValueChange = choose),
        Arrangement.spacedBy(Space.m),
        Alignment.CenterVertically,
    ) {
        Text(text(Label.HIDE_LINKS), Modifier.weight(1f), color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
        Switch(isOn, onCheckedChange = null)
    }
}

@Composable
private fun Dock(
    state: CreatedState,
    actions: CreatedActions,
) = Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.s), Alignment.CenterHorizontally) {
    if (state.share != null && state.share.link == state.copiedLink) {
        Row(
            Modifier.semantics { liveRegion = LiveRegionMode.Polite },
            Arrangement.spacedBy(Space.s),
            Alignment.CenterVertically,
        ) {
            Icon(Icons.Check, contentDescription = null, Modifier.size(18.dp), Theme.colors.onSurfaceVariant)
            Text(text(Label.COPIED), color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
        }
    }
    Ways(state.share, actions)
}

@Composable
private fun Ways(
    share: Share?,
    actions: CreatedActions,
) {
    val done: @Composable (Modifier) -> Unit = { TonalButton(text(Label.DONE), actions.onDone, it) }
    val give: @Composable (Modifier) -> Unit = {
        if (share != null) AccessButton(text(Label.SHARE_BUTTON), { actions.onShare(share) }, it, Icons.Share)
    }
    if (isTextLarge()) {
        Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
            give(Modifier.fillMaxWidth())
            done(Modifier.fillMaxWidth())
        }
    } else {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
            done(if (share == null) Modifier.weight(1f) else Modifier)
            give(Modifier.weight(1f))
        }
    }
}

/** The code as large as the screen, on nothing but white; a tap puts it away. */
@Composable
private fun HeldOut(
    share: Share,
    onClose: () -> Unit,
) {
    OnBack(isEnabled = true, onClose)
    val name = text(Label.QR_CODE)
    Box(
        Modifier
            .fillMaxSize()
            .background(Color.White)
            .clickable(onClickLabel = text(Label.CLOSE), role = Role.Button, onClick = onClose)
            .semantics { contentDescription = name },
        Alignment.Center,
    ) { QrCode(share.qr) }
}
