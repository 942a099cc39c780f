package io.phonein.ui.activity

import io.phonein.core.ActivityShow
import io.phonein.core.Told
import io.phonein.ui.checks.pictures
import org.junit.Test

class ActivityPictures {
    private fun pictures(
        name: String,
        state: ActivityState,
    ) = pictures("activity/$name") { ActivityList(under(), state, noActivityActions) }

    @Test
    fun entries() = pictures("entries", activity)

    @Test
    fun `more to come`() = pictures("more", activity.copy(entries = happened.take(3), hasMore = true))

    @Test
    fun `nothing yet`() = pictures("empty", ActivityState(entries = emptyList(), empty = noActivity))

    @Test
    fun `nothing of that kind`() =
        pictures("none-of-kind", ActivityState(ActivityShow.REFUSED, entries = emptyList(), choices = choices, empty = noActivity))

    @Test
    fun loading() = pictures("loading", ActivityState())

    @Test
    fun `broken chain`() = pictures("activity/broken") { ActivityList(under(broken), activity, noActivityActions) }

    @Test
    fun trouble() = pictures("trouble", ActivityState(trouble = full))

    @Test
    fun `an entry`() = pictures("entry", activity.copy(opened = happened[1].id))

    @Test
    fun `an interrupted entry`() = pictures("interrupted", activity.copy(opened = interrupted.id))

    @Test
    fun `as what to export`() = pictures("export", activity.copy(asksFormat = true))

    private val full =
        Told(
            "The storage of this phone is full",
            "Free some space, then try again. What was confirmed is safe",
            "The storage of this phone is full.",
        )
}
