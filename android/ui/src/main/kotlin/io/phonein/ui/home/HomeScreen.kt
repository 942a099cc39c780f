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
import androidx.compose.foundation.layout.WindowInsets
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
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Brush
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.input.nestedscroll.nestedScroll
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import io.phonein.core.Door
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
    val intercoms = state.intercoms ?: return
    val wish = navigation.wish
    LaunchedEffect(wish) {
        if (wish == null) return@LaunchedEffect
        navigation.wish = null
        val place = wish.intercom ?: navigation.place ?: intercoms.firstOrNull()?.intercom?.id
        if (intercoms.any { it.intercom.id == place }) model.press(checkNotNull(place), Door.ENTRANCE, isPresent = shell::isPresent)
    }
    if (intercoms.isEmpty()) {
        WelcomeScreen(onAdd = { navigation.open(Route.AddDevice) }, onSentKey = { navigation.open(Route.SentKey) })
        return
    }
    val actions =
        HomeActions(
            onPress = { intercom, door -> model.press(intercom, door, isPresent = shell::isPresent) },
            onWay = { intercom, way -> open(way, intercom, navigation, shell) },
            onSettings = { navigation.open(Route.Settings(it)) },
            onLocations = { navigation.open(Route.Locations) },
            onNewKey = { navigation.open(Route.NewKey(it)) },
            onNote = { intercom, action ->
                when (action) {
                    NoteAction.None -> {}
                    NoteAction.AnswerClock -> navigation.open(Route.Clock(intercom))
                    is NoteAction.Key -> navigation.open(Route.Key(action.key))
                    is NoteAction.Dismiss -> model.dismiss(action.note)
                }
            },
            onTab = model::choose,
            onMessageShown = model::messageShown,
        )
    val onShow: suspend (String) -> Unit = {
        navigation.place = it
        model.stayReady(it)
    }
    // A wish is for another intercom than the one on screen, maybe: Home begins there.
    key(remember(wish) { navigation.place }) {
        HomeScreen(state, actions, navigation.place, onShow) { content ->
            when (state.tab) {
                Tab.ACTIVITY -> ActivityTab(content, entry, phonein)
                Tab.KEYS -> KeysTab(content, entry, phonein)
            }
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
    val onPress: (String, Door) -> Unit,
    val onWay: (String, Way) -> Unit,
    val onSettings: (String) -> Unit,
    val onLocations: () -> Unit,
    val onNewKey: (String) -> Unit,
    val onNote: (String, NoteAction) -> Unit,
    val onTab: (Tab) -> Unit,
    val onMessageShown: () -> Unit,
)

/**
 * Home with at least one intercom.
 *
 * @param first the intercom that is shown first, unless it is no longer there.
 * @param onShow goes on for as long as this intercom is the one on screen.
 */
@Composable
fun HomeScreen(
    state: HomeState,
    actions: HomeActions,
    first: String? = null,
    onShow: suspend (String) -> Unit = {},
    tab: @Composable (TabContent) -> Unit,
) {
    val places = state.intercoms.orEmpty()
    val pager = rememberPagerState(places.indexOfFirst { it.intercom.id == first }.coerceAtLeast(0)) { places.size }
    val place = places.getOrNull(pager.currentPage) ?: places.last()
    val latestOnShow by rememberUpdatedState(onShow)
    LaunchedEffect(place.intercom.id) { latestOnShow(place.intercom.id) }
    var isCollapsed by rememberSaveable { mutableStateOf(false) }
    OnBack(isCollapsed) { isCollapsed = false }
    val scroll = remember { StageScroll { isCollapsed = it } }
    BoxWithConstraints(Modifier.fillMaxSize().background(Theme.meanings.stage).statusBarsPadding()) {
        val isWide = maxWidth >= 600.dp
        val least = if (isWide) maxHeight else 0.dp
        val doors: @Composable (Modifier) -> Unit = { modifier -> Places(places, pager, actions, least, modifier) }
        val sheet: @Composable (Modifier) -> Unit = { modifier ->
            Box(modifier) {
                Sheet(state.tab, actions.onTab, Modifier.fillMaxSize()) {
                    val notes = place.notes
                    val drawNotes: LazyListScope.() -> Unit = { notes(notes) { actions.onNote(place.intercom.id, it) } }
                    tab(TabContent(place.intercom.id, place.makesKeys, { isCollapsed = false }, drawNotes, CLEAR))
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
    HorizontalPager(pager, verticalAlignment = Alignment.Bottom, key = { places[it].intercom.id }) { page ->
        Stage(places[page], actions.of(places[page]), least)
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
