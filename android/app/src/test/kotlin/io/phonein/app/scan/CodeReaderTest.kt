package io.phonein.app.scan

import com.google.zxing.BarcodeFormat
import com.google.zxing.qrcode.QRCodeWriter
import org.junit.Assert.assertEquals
import org.junit.Test

/** Codes in pictures as a camera gives them: brightness alone, in rows longer than the picture. */
class CodeReaderTest {
    private val link = "https://phonein.example/k#" + "AQx-_".repeat(70)

    private fun seen(isInverted: Boolean = false): String? {
        val code = QRCodeWriter().encode(link, BarcodeFormat.QR_CODE, 600, 600)
        val light = ByteArray(STRIDE * HEIGHT) { 90 }
        for (y in 0 until 600) {
            for (x in 0 until 600) {
                val isDark = code[x, y] != isInverted
                light[(y + 40) * STRIDE + x + 300] = if (isDark) 30 else 200.toByte()
            }
        }
        return CodeReader().read(light, STRIDE, WIDTH, HEIGHT)
    }

    @Test
    fun `a link is read as it was written`() = assertEquals(link, seen())

    @Test
    fun `also light on dark`() = assertEquals(link, seen(isInverted = true))

    @Test
    fun `a picture without a code says nothing`() = assertEquals(null, CodeReader().read(ByteArray(STRIDE * HEIGHT), STRIDE, WIDTH, HEIGHT))

    private companion object {
        const val WIDTH = 1280
        const val STRIDE = 1344
        const val HEIGHT = 720
    }
}
