package io.phonein.ui.welcome

import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.phonein.ui.checks.Look
import io.phonein.ui.checks.checkNothingIsCut
import io.phonein.ui.checks.checkTargets
import io.phonein.ui.checks.pictures
import io.phonein.ui.checks.show
import org.junit.Rule
import org.junit.Test

class WelcomePictures {
    @get:Rule
    val compose = createComposeRule()

    @Test
    fun welcome() = pictures("welcome/welcome") { WelcomeScreen({}, {}) }

    @Test
    fun `large text is whole`() {
        compose.show(Look(width = 320, height = 640, fontScale = 2f)) { WelcomeScreen({}, {}) }
        compose.checkTargets()
        compose.checkNothingIsCut()
    }
}
