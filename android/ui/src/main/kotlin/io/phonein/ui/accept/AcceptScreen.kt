package io.phonein.ui.accept

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.style.TextAlign
import io.phonein.core.Invitation
import io.phonein.core.InvitationOffer
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.AccessButton
import io.phonein.ui.parts.Arch
import io.phonein.ui.parts.Empty
import io.phonein.ui.parts.Field
import io.phonein.ui.parts.Notice
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.RuleCard
import io.phonein.ui.parts.TonalButton
import io.phonein.ui.parts.icon
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** What a link offers, over its view model; it leaves by itself once the key is accepted. */
@Composable
fun AcceptRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.Accept,
) {
    val model = entry.model { AcceptModel(phonein, route.link) }
    val state by model.state.collectAsState()
    val navigation = LocalNavigation.current
    LaunchedEffect(state.accepted) { state.accepted?.let(navigation::home) }
    val actions =
        AcceptActions(
            onOwnName = model::onOwnName,
            onUseHere = model::onUseHere,
            onAdd = model::onAdd,
            onAnother = {
                navigation.home()
                navigation.open(Route.SentKey)
            },
            onHome = { navigation.home() },
            onBack = navigation::back,
        )
    AcceptScreen(state, actions)
}

/** What can be done on the page of a link. */
class AcceptActions(
    val onOwnName: (String) -> Unit,
    val onUseHere: () -> Unit,
    val onAdd: () -> Unit,
    val onAnother: () -> Unit,
    val onHome: () -> Unit,
    val onBack: () -> Unit,
)

@Composable
fun AcceptScreen(
    state: AcceptState,
    actions: AcceptActions,
) = Page(text(Label.SENT_KEY), actions.onBack, dock = { if (state.ended == null) Dock(state, actions) }) {
    if (state.ended != null) {
        NoKey(state.ended, actions)
    } else if (state.invitation != null) {
        Offer(state, state.invitation, actions)
    }
}

/** Why there is no key by this link, and the one way on. */
@Composable
private fun NoKey(
    ended: Ended,
    actions: AcceptActions,
) = Empty(Icons.Refused, ended.told.title, ended.told.detail) {
    val way = Modifier.padding(top = Space.m)
    if (ended.asksAnother) {
        TonalButton(text(Label.TRY_AGAIN), actions.onAnother, way)
    } else {
        TonalButton(text(Label.OK), actions.onHome, way)
    }
}

@Composable
private fun ColumnScope.Offer(
    state: AcceptState,
    invitation: Invitation,
    actions: AcceptActions,
) {
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.xs), Alignment.CenterHorizontally) {
        Arch(invitation.category.icon, Modifier.padding(bottom = Space.m))
        Text(invitation.name, style = Theme.type.headline, textAlign = TextAlign.Center)
        Text(invitation.placeWords, color = Theme.colors.onSurfaceVariant, style = Theme.type.body, textAlign = TextAlign.Center)
    }
    RuleCard(
        invitation.sentence,
        invitation.hearsayWords,
        listOfNotNull(invitation.welcome?.let { Icons.Message to it }),
    )
    invitation.knownWords?.let { Notice(it, icon = Icons.Phone) }
    state.fault?.let { Notice(it.title, detail = it.detail) }
    if (state.offer == InvitationOffer.ADD) {
        Field(
            state.ownName,
            actions.onOwnName,
            text(Label.YOUR_NAME),
            help = text(Label.GUEST_NAME_HELP),
            wrong = state.wrongName,
            keyboard = KeyboardOptions(KeyboardCapitalization.Words, imeAction = ImeAction.Done),
            actions = KeyboardActions { actions.onAdd() },
        )
    }
}

/** Which button shows: *use it on this phone* brings ADD KEY. */
private val AcceptState.offer
    get() = if (isUsedHere) InvitationOffer.ADD else invitation?.offer

@Composable
private fun Dock(
    state: AcceptState,
    actions: AcceptActions,
) {
    val wide = Modifier.fillMaxWidth()
    Column(wide, Arrangement.spacedBy(Space.m)) {
        if (state.isAsking) LinearProgressIndicator(wide)
        when (state.offer) {
            InvitationOffer.ADD -> AccessButton(text(Label.ADD_KEY), actions.onAdd, wide, Icons.Key)
            InvitationOffer.USE_HERE -> TonalButton(text(Label.USE_IT_HERE), actions.onUseHere, wide, Icons.Phone)
            InvitationOffer.CLOSE -> TonalButton(text(Label.OK), actions.onHome, wide)
            null -> {}
        }
    }
}
