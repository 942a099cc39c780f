package io.phonein.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.lifecycle.ViewModel
import androidx.lifecycle.ViewModelStore

/** A page. */
sealed interface Route {
    /** Home, and Welcome while nothing is there. */
    data object Home : Route

    /** Add device. */
    data object AddDevice : Route

    /** My Locations. */
    data object Locations : Route

    /** Settings of an intercom. */
    data class Settings(
        val intercom: String,
    ) : Route

    /** Clock and time zone of an intercom. */
    data class Clock(
        val intercom: String,
    ) : Route

    /** Managers of an intercom. */
    data class Managers(
        val intercom: String,
    ) : Route

    /** New key. */
    data class NewKey(
        val intercom: String,
    ) : Route

    /** Edit: the same page. */
    data class EditKey(
        val key: String,
    ) : Route

    /** Key created, and SHARE. */
    data class Created(
        val key: String,
    ) : Route

    /** The same page for a key there is: its link, or the question for whom it is. */
    data class Share(
        val key: String,
    ) : Route

    /** A key's page. */
    data class Key(
        val key: String,
    ) : Route

    /** I was sent a key: its link by hand. */
    data object SentKey : Route

    /** What a link offers. */
    data class Accept(
        val link: String,
    ) : Route {
        /** Whoever has the link may get the key. */
        override fun toString() = "Accept"
    }
}

/** The pages that lie on each other, the shown one last. It outlives the turning of the screen. */
class Navigation : ViewModel() {
    private val entries = mutableStateListOf(Entry(Route.Home))
    private val before = mutableStateListOf<() -> Unit>()

    /** The intercom to which Home goes as soon as it is there. */
    var goal: String? by mutableStateOf(null)

    /** A door to be opened as soon as Home is shown. */
    var wish: Wish? by mutableStateOf(null)

    /** The page that is shown. */
    val shown: Entry get() = entries.last()

    /** Whether [back] does something here; else it leaves the app. */
    val goesBack: Boolean get() = before.isNotEmpty() || entries.size > 1

    /** Lays a page on top. */
    fun open(route: Route) {
        entries += Entry(route)
    }

    /** A link the system gave to the app, or any text with one in it. It takes the place of one that is shown. */
    fun openLink(text: String) {
        if (shown.route is Route.Accept) entries.removeAt(entries.lastIndex).close()
        open(Route.Accept(text))
    }

    /** Opens the door of [intercom], or where Home stands: the way of a shortcut, a tile or a widget. */
    fun openEntrance(intercom: String?) {
        home()
        wish = Wish(intercom)
    }

    /** What lies open on the page is closed, else the page below shows. */
    fun back() {
        val first = before.lastOrNull()
        if (first != null) {
            first()
        } else if (entries.size > 1) {
            entries.removeAt(entries.lastIndex).close()
        }
    }

    /** Takes all pages off Home, and goes to this intercom there. */
    fun home(intercom: String? = null) {
        if (intercom != null) goal = intercom
        while (entries.size > 1) entries.removeAt(entries.lastIndex).close()
    }

    internal fun ask(first: () -> Unit) {
        before += first
    }

    internal fun unask(first: () -> Unit) {
        before -= first
    }

    override fun onCleared() = entries.forEach(Entry::close)

    /** Each is another one, even for the same door. */
    class Wish(
        val intercom: String?,
    )

    /** A page and its view models, which end when the page is taken off. */
    class Entry(
        val route: Route,
    ) {
        private val store = ViewModelStore()

        /** This page's view model of that kind, made at first. */
        inline fun <reified M : ViewModel> model(make: () -> M): M {
            val kind = M::class.java.name
            return kept(kind) as? M ?: make().also { keep(kind, it) }
        }

        @PublishedApi
        internal fun kept(kind: String): ViewModel? = store[kind]

        @PublishedApi
        internal fun keep(
            kind: String,
            model: ViewModel,
        ) = store.put(kind, model)

        internal fun close() = store.clear()
    }
}

/** Where pages go from here. */
val LocalNavigation = staticCompositionLocalOf<Navigation> { error("no navigation") }

/** While it is enabled, *back* does this instead of leaving the page. */
@Composable
fun OnBack(
    isEnabled: Boolean,
    action: () -> Unit,
) {
    val navigation = LocalNavigation.current
    val latest by rememberUpdatedState(action)
    DisposableEffect(navigation, isEnabled) {
        val first = { latest() }
        if (isEnabled) navigation.ask(first)
        onDispose { navigation.unask(first) }
    }
}
