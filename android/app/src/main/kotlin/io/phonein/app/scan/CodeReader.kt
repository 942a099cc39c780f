package io.phonein.app.scan

import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader

/** Finds a QR code in a picture of the camera. */
class CodeReader {
    private val reader = QRCodeReader()
    private val hints = mapOf(DecodeHintType.TRY_HARDER to true, DecodeHintType.POSSIBLE_FORMATS to listOf(BarcodeFormat.QR_CODE))

    /**
     * What the code says; `null` if there is none. A code may be light on dark.
     *
     * @param light the brightness of each pixel, row by row.
     * @param stride how far a row is from the next.
     */
    fun read(
        light: ByteArray,
        stride: Int,
        width: Int,
        height: Int,
    ): String? {
        val picture = PlanarYUVLuminanceSource(light, stride, height, 0, 0, width, height, false)
        // A large code that lies across the picture, as on most phones, is missed now and then.
        return decode(picture) ?: decode(turned(light, stride, width, height)) ?: decode(picture.invert())
    }

    /** The same picture, turned by a quarter. */
    private fun turned(
        light: ByteArray,
        stride: Int,
        width: Int,
        height: Int,
    ): LuminanceSource {
        val turned = ByteArray(width * height)
        for (y in 0 until height) {
            for (x in 0 until width) turned[x * height + height - 1 - y] = light[y * stride + x]
        }
        return PlanarYUVLuminanceSource(turned, height, width, 0, 0, height, width, false)
    }

    private fun decode(picture: LuminanceSource): String? =
        try {
            reader.decode(BinaryBitmap(HybridBinarizer(picture)), hints).text
        } catch (_: ReaderException) {
            null
        }
}
