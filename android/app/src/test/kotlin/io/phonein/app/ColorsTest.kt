package io.phonein.app

import androidx.compose.ui.graphics.Color
import io.phonein.ui.theme.DarkMeanings
import io.phonein.ui.theme.DarkScheme
import io.phonein.ui.theme.LightMeanings
import io.phonein.ui.theme.LightScheme
import org.junit.Assert.assertEquals
import org.junit.Test

/** What Android draws itself has the colours of the screens. */
class ColorsTest {
    private fun colors(folder: String) =
        Files.xml("src/main/res/$folder/colors.xml").all("color").associate { it.getAttribute("name") to it.textContent }

    private fun Color.hex() = listOf(red, green, blue).joinToString("", "#") { "%02X".format((it * 255 + 0.5f).toInt()) }

    @Test
    fun `in the light and in the dark`() {
        val light = mapOf("accent" to LightScheme.primary, "stage" to LightMeanings.stage, "on_stage" to LightMeanings.onStage)
        val dark = mapOf("accent" to DarkScheme.primary, "stage" to DarkMeanings.stage, "on_stage" to DarkMeanings.onStage)
        assertEquals(light.mapValues { it.value.hex() }, colors("values"))
        assertEquals(dark.mapValues { it.value.hex() }, colors("values-night"))
    }
}
