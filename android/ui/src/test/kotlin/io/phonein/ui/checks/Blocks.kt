package io.phonein.ui.checks

import org.jetbrains.skia.Bitmap
import org.jetbrains.skia.Image
import java.awt.image.BufferedImage
import java.awt.image.DataBufferByte
import java.io.File
import javax.imageio.ImageIO
import kotlin.math.abs

/** A picture by the brightness of its blocks: small enough to be kept for all of them, and what moves or is missing shows. */
class Blocks(
    private val width: Int,
    private val height: Int,
    private val light: ByteArray,
) {
    /** How many blocks are brighter or darker than in [other]; all of them if it is of another size. */
    fun differing(other: Blocks): Int {
        if (width != other.width || height != other.height) return light.size
        return light.indices.count { abs(light[it].toUByte().toInt() - other.light[it].toUByte().toInt()) > TOLERANCE }
    }

    fun write(file: File) {
        val image = BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY)
        light.copyInto((image.raster.dataBuffer as DataBufferByte).data)
        file.parentFile.mkdirs()
        ImageIO.write(image, "png", file)
    }

    companion object {
        /** The side of a block: 4 dp in our pictures. */
        const val SIDE = 8

        /** So much of 255 may a block differ: letters drawn by another version of a library differ by less. */
        private const val TOLERANCE = 20

        /** Brightness is kept in steps: files are half as large. */
        private const val STEP = 8

        /** So many blocks may differ. A small icon has twenty. */
        const val MOST = 4

        fun of(image: Image): Blocks {
            val pixels = Bitmap.makeFromImage(image)
            val bytes = checkNotNull(pixels.readPixels()) { "no pixels" }
            val width = image.width / SIDE
            val height = image.height / SIDE
            val row = image.width * 4
            val light = ByteArray(width * height)
            for (block in light.indices) {
                val corner = block / width * SIDE * row + block % width * SIDE * 4
                var sum = 0
                for (y in 0 until SIDE) {
                    for (x in 0 until SIDE) {
                        val at = corner + y * row + x * 4
                        // Blue, green and red as eyes weigh them.
                        sum += (bytes[at].toUByte().toInt() * 29 + bytes[at + 1].toUByte().toInt() * 150 + bytes[at + 2].toUByte().toInt() * 77) shr 8
                    }
                }
                light[block] = (sum / (SIDE * SIDE) / STEP * STEP).toByte()
            }
            return Blocks(width, height, light)
        }

        fun read(file: File): Blocks? {
            if (!file.exists()) return null
            val image = ImageIO.read(file)
            return Blocks(image.width, image.height, (image.raster.dataBuffer as DataBufferByte).data)
        }
    }
}
