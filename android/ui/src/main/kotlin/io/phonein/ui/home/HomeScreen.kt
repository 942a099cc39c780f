package io.phonein.ui.home

import androidx.compose.animation.animateContentSize
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxScope
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.navigationBarsPadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.pager.HorizontalPager
import androidx.compose.foundation.pager.PagerState
import androidx.compose.foundation.pager.rememberPagerState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.ExtendedFloatingActionButton
import androidx.compose.material3.Icon
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
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
import androidx.compose.runtime.withFrameNanos
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Brush
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.input.nestedscroll.nestedScroll
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import io.phonein.core.DoorButton
import io.phonein.core.IntercomHome
import io.phonein.core.Label
import io.phonein.core.NoteAction
import io.phonein.core.Phonein
import io.phonein.core.Way
import io.phonein.ui.LocalNavigation
import io.phonein.ui.LocalShell
import io.phonein.ui.Navigation
import io.phonein.ui.OnBack
import io.phonein.ui.Route
import io.phonein.ui.Shell
import io.phonein.ui.SystemPage
import io.phonein.ui.activity.ActivityTab
import io.phonein.ui.keys.KeysTab
import io.phonein.ui.parts.Empty
import io.phonein.ui.text
import io.phonein.ui.theme.Icons
import io.phonein.ui.theme.Space
import io.phonein.ui.theme.Theme
import io.phonein.ui.welcome.WelcomeScreen

/** Home over its view model; Welcome while there is no intercom. */
@Composable
fun HomeRoute(
    entry: Navigation.Entry,
    phonein: Phonein,
) {
    val model = entry.model { HomeModel(phonein) }
    val state by model.state.collectAsState()
    val navigation = LocalNavigation.current
    val shell = LocalShell.current
    val wish = navigation.wish
    LaunchedEffect(wish) {
        if (wish == null) return@LaunchedEffect
        navigation.wish = null
        model.pressQuick(wish.intercom, shell::isPresent) { navigation.goal = it }
    }
    val intercoms = state.intercoms
    if (intercoms == null) {
        state.fault?.let { Empty(Icons.Alert, it.title, it.detail) }
        return
    }
    LaunchedEffect(Unit) {
        // With this frame the one that drew the doors is over.
        withFrameNanos {}
        shell.fullyDrawn()
    }
    if (intercoms.isEmpty()) {
        WelcomeScreen(
            onAdd = { navigation.open(Route.AddDevice) },
            onSentKey = { navigation.open(Route.SentKey) },
            notes = state.notes,
            onDismiss = model::dismiss,
        )
        return
    }
    val actions =
        remember(model, navigation, shell) {
            HomeActions(
                onPress = { intercom, door -> model.press(intercom, door.door, door.key, shell::isPresent) },
                onWay = { intercom, way -> open(way, intercom, navigation, shell) },
                onSettings = { navigation.open(Route.Settings(it)) },
                onLocations = { navigation.open(Route.Locations) },
                onNewKey = { navigation.open(Route.NewKey(it)) },
                onNote = { intercom, action ->
                    when (action) {
                        NoteAction.None -> {}
                        NoteAction.AnswerClock -> navigation.open(Route.Clock(intercom))
                        is NoteAction.Key -> navigation.open(Route.Key(action.key))
                        NoteAction.Managers -> navigation.open(Route.Managers(intercom))
                    }
                },
                onDismiss = model::dismiss,
                onTab = model::choose,
                onMessageShown = model::messageShown,
            )
        }
    val tab = state.tab
    HomeScreen(state, actions, navigation.goal, { navigation.goal = null }, model::stayReady) { content ->
        when (tab) {
            Tab.ACTIVITY -> ActivityTab(content, entry, phonein)
            Tab.KEYS -> KeysTab(content, entry, phonein)
        }
    }
}

/** Where the phone can help to reach an intercom. */
private fun open(
    way: Way,
    intercom: String,
    navigation: Navigation,
    shell: Shell,
) = when (way) {
    Way.BLUETOOTH_SETTINGS -> shell.open(SystemPage.BLUETOOTH)
    Way.PERMISSION -> shell.open(SystemPage.PERMISSIONS)
    Way.NETWORK_SETTINGS -> shell.open(SystemPage.NETWORK)
    Way.ADDRESS, Way.PATHS -> navigation.open(Route.Settings(intercom))
    Way.NONE -> {}
}

/** What can be done on Home; the first argument is the intercom where it is done. */
class HomeActions(
    val onPress: (String, DoorButton) -> Unit,
    val onWay: (String, Way) -> Unit,
    val onSettings: (String) -> Unit,
    val onLocations: () -> Unit,
    val onNewKey: (String) -> Unit,
    val onNote: (String, NoteAction) -> Unit,
    val onDismiss: (String) -> Unit,
    val onTab: (Tab) -> Unit,
    val onMessageShown: () -> Unit,
)

/**
 * Home with at least one intercom.
 *
 * @param goal the intercom to go to, as soon as it is there; [onArrive] says that it is shown.
 * @param onShow goes on for as long as this intercom is the one on screen.
 */
@Composable
fun HomeScreen(
    state: HomeState,
    actions: HomeActions,
    goal: String? = null,
    onArrive: () -> Unit = {},
    onShow: suspend (String) -> Unit = {},
    tab: @Composable (TabContent) -> Unit,
) {
    val places = state.intercoms.orEmpty()
    val index = { intercom: String? -> places.indexOfFirst { it.intercom.id == intercom } }
    val pager = rememberPagerState((if (index(goal) < 0) index(state.place) else index(goal)).coerceAtLeast(0)) { places.size }
    val latestOnArrive by rememberUpdatedState(onArrive)
    val aim = index(goal)
    LaunchedEffect(goal, aim) {
        if (goal == null || aim < 0) return@LaunchedEffect
        pager.scrollToPage(aim)
        latestOnArrive()
    }
    val place = places.getOrNull(pager.currentPage) ?: places.last()
    val latestOnShow by rememberUpdatedState(onShow)
    LaunchedEffect(place.intercom.id) { latestOnShow(place.intercom.id) }
    var isCollapsed by rememberSaveable { mutableStateOf(false) }
    OnBack(isCollapsed) { isCollapsed = false }
    val scroll = remember { StageScroll { isCollapsed = it } }
    // The same one for as long as it says the same: each second of an open door draws the doors, and not the list.
    val (id, notes) = place.intercom.id to state.notes + place.notes
    val content =
        remember(id, notes, actions, place.takesLinks) {
            val shown: LazyListScope.() -> Unit = { notes(notes, { actions.onNote(id, it) }, actions.onDismiss) }
            TabContent(id, { isCollapsed = false }, shown, CLEAR, place.takesLinks)
        }
    BoxWithConstraints(Modifier.fillMaxSize().background(Theme.meanings.stage).statusBarsPadding()) {
        val isWide = maxWidth >= 600.dp
        val least = if (isWide) maxHeight else 0.dp
        val doors: @Composable (Modifier) -> Unit = { modifier -> Places(places, pager, actions, least, modifier) }
        val sheet: @Composable (Modifier) -> Unit = { modifier ->
            Box(modifier) {
                Sheet(state.tab, actions.onTab, Modifier.fillMaxSize()) {
                    tab(content)
                }
                if (place.makesKeys) NewKey { actions.onNewKey(place.intercom.id) }
                Message(state.message, actions.onMessageShown)
            }
        }
        if (isWide) {
            Row {
                Box(Modifier.weight(1f).fillMaxHeight(), Alignment.BottomCenter) { doors(Modifier.verticalScroll(rememberScrollState())) }
                sheet(Modifier.weight(1f).fillMaxHeight())
            }
        } else {
            // However large the text, a third is left for the list.
            val most = maxHeight * 2 / 3
            Column {
                Box(Modifier.animateContentSize()) {
                    if (isCollapsed) {
                        CollapsedStage(place, actions.of(place), onExpand = { isCollapsed = false })
                    } else {
                        doors(Modifier.heightIn(max = most).verticalScroll(rememberScrollState()))
                    }
                }
                sheet(Modifier.weight(1f).fillMaxWidth().nestedScroll(scroll))
            }
        }
    }
}

private fun HomeActions.of(place: IntercomHome): StageActions {
    val id = place.intercom.id
    return StageActions({ onPress(id, it) }, { onWay(id, it) }, { onSettings(id) }, onLocations)
}

/** The intercoms, one beside the other, and dots that say which is shown. */
@Composable
private fun Places(
    places: List<IntercomHome>,
    pager: PagerState,
    actions: HomeActions,
    least: Dp,
    modifier: Modifier,
) = Column(modifier, horizontalAlignment = Alignment.CenterHorizontally) {
    // The pager may ask for the last of more, or of fewer, than these were.
    HorizontalPager(pager, verticalAlignment = Alignment.Bottom, key = { places.getOrNull(it)?.intercom?.id ?: it }) { page ->
        places.getOrNull(page)?.let { Stage(it, actions.of(it), least) }
    }
    if (places.size > 1) {
        Row(Modifier.fillMaxWidth().background(Theme.meanings.stageArch).padding(Space.s), Arrangement.Center) {
            repeat(places.size) { page ->
                val color = if (page == pager.currentPage) Theme.meanings.onStage else Theme.meanings.ringTrack
                Spacer(Modifier.padding(horizontal = Space.xs).size(8.dp).background(color, CircleShape))
            }
        }
    }
}

/** Room for NEW KEY below the last item. */
private val CLEAR = PaddingValues(bottom = 128.dp)

@Composable
private fun BoxScope.NewKey(onClick: () -> Unit) {
    val surface = Theme.colors.surface
    Box(
        Modifier
            .align(Alignment.BottomCenter)
            .fillMaxWidth()
            .height(112.dp)
            .background(Brush.verticalGradient(0f to Color.Transparent, 0.7f to surface)),
    )
    ExtendedFloatingActionButton(
        onClick,
        Modifier.align(Alignment.BottomCenter).navigationBarsPadding().padding(bottom = Space.l).heightIn(min = 60.dp),
        shape = CircleShape,
        containerColor = Theme.colors.tertiaryFixed,
        contentColor = Theme.colors.onTertiaryFixed,
    ) {
        Icon(Icons.Key, contentDescription = null, Modifier.padding(start = 6.dp, end = Space.m).size(26.dp))
        Text(text(Label.NEW_KEY), Modifier.padding(end = Space.m), style = Theme.type.button)
    }
}

@Composable
private fun BoxScope.Message(
    words: String?,
    onShow: () -> Unit,
) {
    val host = remember { SnackbarHostState() }
    val latest by rememberUpdatedState(onShow)
    LaunchedEffect(words) {
        if (words != null) {
            host.showSnackbar(words)
            latest()
        }
    }
    // Above NEW KEY.
    SnackbarHost(host, Modifier.align(Alignment.BottomCenter).navigationBarsPadding().padding(bottom = 80.dp))
}
