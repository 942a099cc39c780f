package io.phonein.ui.accept

import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.phonein.core.Invitation
import io.phonein.core.InvitationOffer
import io.phonein.core.KeyCategory
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import io.phonein.ui.keys.WEEKLY
import io.phonein.ui.keys.told
import org.junit.Rule
import org.junit.Test

class AcceptPictures {
    @get:Rule
    val compose = createComposeRule()

    private val actions = AcceptActions({}, {}, {}, {}, {}, {})
    private val sentKeyActions = SentKeyActions({}, {}, {}, {}, {})

    private val taken = AcceptState(ended = Ended(told("Another phone has this key", "Ask for a link of your own")))
    private val damaged =
        AcceptState(
            ended = Ended(told("A part of this link is missing or changed", "Copy the whole link again, or ask for a new one"), true),
        )
    private val wrong = AcceptState(invitation(), "", wrongName = "Type your name", isAsking = true)
    private val notOurs = SentKeyState("https://example.org/", "This is no Phonein link. Copy the whole link from the message you got.")

    @Test
    fun offered() = pictures("accept/offered") { AcceptScreen(AcceptState(invitation(), "Béla"), actions) }

    @Test
    fun wrong() = pictures("accept/wrong") { AcceptScreen(wrong, actions) }

    @Test
    fun `own intercom`() = pictures("accept/own") { AcceptScreen(AcceptState(invitation(isOwn = true), "Anna"), actions) }

    @Test
    fun `held already`() = pictures("accept/held") { AcceptScreen(AcceptState(invitation(isHeld = true), "Béla"), actions) }

    @Test
    fun taken() = pictures("accept/taken") { AcceptScreen(taken, actions) }

    @Test
    fun damaged() = pictures("accept/damaged") { AcceptScreen(damaged, actions) }

    @Test
    fun `by hand`() = pictures("accept/by-hand") { SentKeyScreen(SentKeyState(), sentKeyActions) }

    @Test
    fun `by hand, wrong`() = pictures("accept/by-hand-wrong") { SentKeyScreen(notOurs, sentKeyActions) }

    @Test
    fun `an offer is whole in large text`() = isWhole { AcceptScreen(wrong, actions) }

    @Test
    fun `a refusal is whole in large text`() = isWhole { AcceptScreen(damaged, actions) }

    @Test
    fun `a link by hand is whole in large text`() = isWhole { SentKeyScreen(notOurs, sentKeyActions) }

    private fun isWhole(content: @Composable () -> Unit) {
        compose.show(Look(width = 320, height = 640, fontScale = 2f), content)
        compose.checkTargets()
        compose.checkNothingIsCut()
    }
}

/** What a link says. */
fun invitation(
    isOwn: Boolean = false,
    isHeld: Boolean = false,
) = Invitation(
    "Cleaner",
    KeyCategory.SERVICES,
    "Services · Home",
    WEEKLY,
    "As the link says, until the intercom has answered",
    "The mop is behind the inner door. Thank you!",
    "Béla",
    if (isHeld) "This phone has this key already" else if (isOwn) "This is a key to your own intercom" else null,
    if (isHeld) InvitationOffer.CLOSE else if (isOwn) InvitationOffer.USE_HERE else InvitationOffer.ADD,
)
