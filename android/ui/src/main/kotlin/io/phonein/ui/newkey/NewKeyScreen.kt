package io.phonein.ui.newkey

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.unit.dp
import io.phonein.core.CalendarDate
import io.phonein.core.ClockTime
import io.phonein.core.KeyCategory
import io.phonein.core.KeyField
import io.phonein.core.KeyWizard
import io.phonein.core.Label
import io.phonein.core.Phonein
import io.phonein.core.Uses
import io.phonein.core.WizardState
import io.phonein.ui.LocalNavigation
import io.phonein.ui.Navigation
import io.phonein.ui.Route
import io.phonein.ui.parts.Empty
import io.phonein.ui.parts.Field
import io.phonein.ui.parts.Line
import io.phonein.ui.parts.Page
import io.phonein.ui.parts.QuietButton
import io.phonein.ui.parts.icon
import io.phonein.ui.parts.isTextLarge
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme

/** New key over its view model; the key that was made shows in its place. */
@Composable
fun NewKeyRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.NewKey,
) {
    val navigation = LocalNavigation.current
    WizardRoute(entry, phonein, Label.NEW_KEY_TITLE, { newKey(route.intercom) }) { key ->
        navigation.back()
        navigation.open(Route.Created(key))
    }
}

/** Edit: the same page for a key there is. */
@Composable
fun EditKeyRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    route: Route.EditKey,
) {
    val navigation = LocalNavigation.current
    WizardRoute(entry, phonein, Label.EDIT_KEY, { editKey(route.key) }) { navigation.back() }
}

@Composable
private fun WizardRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
    title: Label,
    open: suspend Phonein.() -> KeyWizard,
    onSave: (String) -> Unit,
) {
    val model = entry.model { NewKeyModel(phonein, open) }
    val state by model.state.collectAsState()
    val latest by rememberUpdatedState(onSave)
    LaunchedEffect(state.saved) { state.saved?.let(latest) }
    val actions =
        NewKeyActions(
            onName = model::onName,
            onCategory = model::onCategory,
            onUnlimited = model::onUnlimited,
            onRecurring = model::onRecurring,
            onDate = model::onDate,
            onTime = model::onTime,
            onUses = model::onUses,
            onDay = model::onDay,
            onInnerDoor = model::onInnerDoor,
            onWelcomeOn = model::onWelcomeOn,
            onWelcome = model::onWelcome,
            onLeave = model::onLeave,
            onStartOver = model::onStartOver,
            onSave = model::onSave,
            onWrongShown = model::onWrongShown,
            onBack = LocalNavigation.current::back,
        )
    NewKeyScreen(title, state, actions)
}

/** What can be done on New key and Edit. */
class NewKeyActions(
    val onName: (String) -> Unit,
    val onCategory: (KeyCategory) -> Unit,
    val onUnlimited: (Boolean) -> Unit,
    val onRecurring: (Boolean) -> Unit,
    val onDate: (KeyField, CalendarDate) -> Unit,
    val onTime: (KeyField, ClockTime) -> Unit,
    val onUses: (Uses) -> Unit,
    val onDay: (Int) -> Unit,
    val onInnerDoor: (Boolean) -> Unit,
    val onWelcomeOn: (Boolean) -> Unit,
    val onWelcome: (String) -> Unit,
    val onLeave: (KeyField) -> Unit,
    val onStartOver: () -> Unit,
    val onSave: () -> Unit,
    val onWrongShown: () -> Unit,
    val onBack: () -> Unit,
)

@Composable
fun NewKeyScreen(
    title: Label,
    state: NewKeyState,
    actions: NewKeyActions,
) {
    val page = state.page
    var asked by rememberSaveable { mutableStateOf<Asked?>(null) }
    Page(text(title), actions.onBack, dock = { Dock(state, actions.onBack, actions.onSave) }, isDockRaised = page != null) {
        when {
            page != null -> Fields(page, state, actions) { asked = it }
            state.failure != null -> Empty(Icons.Key, state.failure.title, state.failure.detail)
        }
    }
    if (page != null) {
        Ask(asked, page, state, actions) {
            asked?.field?.let(actions.onLeave)
            asked = null
        }
    }
}

@Composable
private fun Fields(
    page: WizardState,
    state: NewKeyState,
    actions: NewKeyActions,
    onAsk: (Asked) -> Unit,
) {
    val places = remember { Places() }
    LaunchedEffect(state.wrongAt) {
        state.wrongAt?.let {
            places.goTo(it)
            actions.onWrongShown()
        }
    }
    page.broughtBack?.let { words ->
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s), itemVerticalAlignment = Alignment.CenterVertically) {
            Text(words, color = Theme.colors.onSurfaceVariant, style = Theme.type.support)
            QuietButton(text(Label.START_OVER), actions.onStartOver)
        }
    }
    Name(page, places, actions, onAsk)
    Card {
        Switched(text(Label.UNLIMITED_KEY), page.unlimited, actions.onUnlimited)
        page.recurring?.let {
            Line()
            Switched(text(Label.RECURRING), it, actions.onRecurring)
        }
        page.singleUse?.let { SingleUseFields(it, page, places, onAsk) }
        page.weekly?.let { WeeklyFields(it, page, places, actions.onDay, onAsk) }
    }
    Card {
        page.innerDoor?.let {
            Switched(text(Label.ALSO_OPENS_INNER_DOOR), it, actions.onInnerDoor)
            Line()
        }
        Switched(text(Label.WELCOME_MESSAGE), page.welcomeOn, actions.onWelcomeOn)
        page.welcome?.let {
            Field(
                it,
                actions.onWelcome,
                text(Label.WELCOME_MESSAGE),
                Modifier
                    .inPlace(places, KeyField.WELCOME)
                    .onLeave { actions.onLeave(KeyField.WELCOME) }
                    .inCard(),
                wrong = page.wrong(KeyField.WELCOME),
                isSingleLine = false,
                keyboard = KeyboardOptions(KeyboardCapitalization.Sentences),
            )
        }
    }
}

@Composable
private fun Name(
    page: WizardState,
    places: Places,
    actions: NewKeyActions,
    onAsk: (Asked) -> Unit,
) {
    val name: @Composable (Modifier) -> Unit = { modifier ->
        Field(
            page.name,
            actions.onName,
            text(Label.KEY_NAME),
            modifier.inPlace(places, KeyField.NAME).onLeave { actions.onLeave(KeyField.NAME) },
            wrong = page.wrong(KeyField.NAME),
            isSingleLine = !isTextLarge(),
            keyboard = KeyboardOptions(KeyboardCapitalization.Sentences, imeAction = ImeAction.Done),
        )
    }
    val icon: @Composable (Modifier) -> Unit = { modifier ->
        val category = page.categories.find { it.category == page.category }
        ChoiceField(text(Label.ICON), category?.name.orEmpty(), { onAsk(Asked.ICON) }, modifier, icon = Icons.Down) {
            Icon(category?.category.icon, contentDescription = null, Modifier.size(24.dp))
        }
    }
    if (isTextLarge()) {
        name(Modifier)
        icon(Modifier)
    } else {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
            name(Modifier.weight(1f))
            icon(Modifier.width(92.dp))
        }
    }
}

/** The words beside this field, once they are to be shown. */
internal fun WizardState.wrong(field: KeyField): String? = problems.find { it.field == field && it.shown }?.words

/** Calls [onLeave] when the person goes from here to something else. */
@Composable
private fun Modifier.onLeave(onLeave: () -> Unit): Modifier {
    var isHere by remember { mutableStateOf(false) }
    return onFocusChanged {
        if (isHere && !it.isFocused) onLeave()
        isHere = it.isFocused
    }
}
