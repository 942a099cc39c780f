package io.phonein.app.scan

import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
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
        return decode(BinaryBitmap(HybridBinarizer(picture))) ?: decode(BinaryBitmap(HybridBinarizer(picture.invert())))
    }

    private fun decode(picture: BinaryBitmap): String? =
        try {
            reader.decode(picture, hints).text
        } catch (_: ReaderException) {
            null
        }
}
