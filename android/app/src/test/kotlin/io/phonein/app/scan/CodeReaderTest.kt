package io.phonein.app.scan

import com.google.zxing.BarcodeFormat
import com.google.zxing.qrcode.QRCodeWriter
import org.junit.Assert.assertEquals
import org.junit.Test
import kotlin.math.cos
import kotlin.math.roundToInt
import kotlin.math.sin

/** Codes in pictures as a camera gives them: brightness alone, in rows longer than the picture. */
class CodeReaderTest {
    private val link = "https://phonein.example/k#" + "AQx-_".repeat(70)

    /** The code in the middle of a grey picture, turned by so many degrees. */
    private fun seen(
        isInverted: Boolean = false,
        turned: Int = 0,
    ): String? {
        val code = QRCodeWriter().encode(link, BarcodeFormat.QR_CODE, SIDE, SIDE)
        val light = ByteArray(STRIDE * HEIGHT) { 90 }
        val (sin, cos) = Math.toRadians(turned.toDouble()).let { sin(it) to cos(it) }
        for (y in 0 until HEIGHT) {
            for (x in 0 until WIDTH) {
                val (right, down) = x - WIDTH / 2 to y - HEIGHT / 2
                val column = (right * cos + down * sin + SIDE / 2).roundToInt()
                val row = (down * cos - right * sin + SIDE / 2).roundToInt()
                if (column !in 0 until SIDE || row !in 0 until SIDE) continue
                val isDark = code[column, row] != isInverted
                light[y * STRIDE + x] = if (isDark) 30 else 200.toByte()
            }
        }
        return CodeReader().read(light, STRIDE, WIDTH, HEIGHT)
    }

    @Test
    fun `a link is read as it was written`() = assertEquals(link, seen())

    @Test
    fun `also light on dark`() = assertEquals(link, seen(isInverted = true))

    @Test
    fun `however the phone is held`() {
        // Most cameras lie across the phone, and nobody holds it straight.
        for (turned in (0 until 360 step 15) + listOf(91, 266, 267)) assertEquals("$turned°", link, seen(turned = turned))
    }

    @Test
    fun `a picture without a code says nothing`() = assertEquals(null, CodeReader().read(ByteArray(STRIDE * HEIGHT), STRIDE, WIDTH, HEIGHT))

    private companion object {
        const val WIDTH = 1280
        const val STRIDE = 1344
        const val HEIGHT = 720
        const val SIDE = 500
    }
}
