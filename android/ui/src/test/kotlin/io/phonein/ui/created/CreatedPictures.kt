package io.phonein.ui.created

import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.phonein.core.KeyStatus
import io.phonein.core.Meaning
import io.phonein.core.Sign
import io.phonein.core.Told
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.picture
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import org.junit.Rule
import org.junit.Test

class CreatedPictures {
    @get:Rule
    val compose = createComposeRule()

    private val actions = CreatedActions({}, {}, {}, {}, {}, {}, {}, {})
    private val sharedAgain = CreatedState(key(KeyStatus.Held("Béla"), "On Béla's phone", Sign.PHONE), again = held)
    private val shared = key(KeyStatus.Shared, "Shared, not accepted yet", Sign.SHARE, Meaning.WORKING)
    private val usedUp = held.copy(told = told("On Béla's phone"))
    private val created = CreatedState(key(KeyStatus.Active, "Active"), share)
    private val waiting =
        CreatedState(
            key(
                KeyStatus.Waiting,
                "Waiting for the intercom",
                Sign.ARROWS,
                Meaning.WORKING,
                "Will be delivered when you are near the door or on its network",
            ),
            share,
        )

    @Composable
    private fun Shown(
        state: CreatedState,
        isNew: Boolean = true,
    ) = CreatedScreen(state, actions, isNew)

    @Test
    fun created() = pictures("created/created") { Shown(created) }

    @Test
    fun copied() = pictures("created/copied") { Shown(created.copy(copiedLink = share.link)) }

    @Test
    fun `waiting for the intercom`() = pictures("created/waiting") { Shown(waiting) }

    @Test
    fun overtaken() {
        val undecided = "Not delivered before you say which version counts"
        val key = key(KeyStatus.Overtaken, "Overtaken by another manager", Sign.ALERT, Meaning.REFUSED, undecided)
        picture("created/overtaken") { Shown(CreatedState(key, share), isNew = false) }
    }

    @Test
    fun `shared again`() = picture("created/shared") { Shown(created.copy(key = shared), isNew = false) }

    @Test
    fun `for whom`() = pictures("created/for-whom") { Shown(sharedAgain, isNew = false) }

    @Test
    fun `another manager's`() {
        val words = "Another manager made this link. You can only send a new one: theirs stops working"
        val state = CreatedState(shared, again = onlyNewLink(words))
        picture("created/only-new-link") { Shown(state, isNew = false) }
    }

    @Test
    fun `more uses`() {
        val question = "This key is used up. How many more uses shall it have?"
        val used = sharedAgain.copy(key = key(KeyStatus.Used, "Used", Sign.CROSS, Meaning.USED, asksUses = question), again = usedUp, asksUses = true)
        for (look in listOf(Look(), Look(width = 320, height = 640, fontScale = 2f))) {
            picture("created/more-uses", look) { Shown(used, isNew = false) }
        }
    }

    @Test
    fun failed() {
        val told = Told("The phone is full", "Make room and try again", "The phone is full. Make room and try again.")
        picture("created/failed") { Shown(created.copy(failure = told, share = null)) }
    }

    @Test
    fun `large text of a new key is whole`() = isWhole { Shown(waiting) }

    @Test
    fun `large text of the question for whom is whole`() = isWhole { Shown(sharedAgain, isNew = false) }

    private fun isWhole(shown: @Composable () -> Unit) {
        compose.show(Look(width = 320, height = 640, fontScale = 2f), shown)
        compose.checkTargets()
        compose.checkNothingIsCut()
    }
}
