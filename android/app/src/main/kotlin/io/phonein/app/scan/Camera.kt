package io.phonein.app.scan

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.view.Surface
import io.phonein.app.system

/** The camera on the back, until it has seen a code. Android's own camera2: nothing else is needed for pictures to read. */
class Camera(
    private val context: Context,
    private val onCode: (String) -> Unit,
    private val onGone: () -> Unit,
) : AutoCloseable {
    private val thread = HandlerThread("camera").apply { start() }
    private val handler = Handler(thread.looper)
    private val codes = CodeReader()
    private val pictures = ImageReader.newInstance(WIDTH, HEIGHT, ImageFormat.YUV_420_888, 2)
    private var device: CameraDevice? = null

    /** What it sees is drawn on [preview], which is [WIDTH] × [HEIGHT]. The permission was given. */
    @SuppressLint("MissingPermission")
    fun start(preview: Surface) {
        pictures.setOnImageAvailableListener({ look() }, handler)
        val cameras = context.system<CameraManager>()
        try {
            val back = cameras.cameraIdList.firstOrNull { cameras.isBack(it) } ?: cameras.cameraIdList.first()
            cameras.openCamera(back, Opened(preview), handler)
        } catch (_: CameraAccessException) {
            onGone()
        } catch (_: NoSuchElementException) {
            onGone()
        }
    }

    private fun CameraManager.isBack(id: String) =
        getCameraCharacteristics(id)[CameraCharacteristics.LENS_FACING] == CameraCharacteristics.LENS_FACING_BACK

    private fun look() {
        val picture = pictures.acquireLatestImage() ?: return
        val code =
            picture.use {
                val plane = it.planes[0]
                val light = ByteArray(plane.buffer.remaining()).also(plane.buffer::get)
                // The last row may end with its last pixel.
                val rows = light.copyOf(plane.rowStride * it.height)
                codes.read(rows, plane.rowStride, it.width, it.height)
            }
        code?.let(onCode)
    }

    override fun close() {
        handler.post {
            device?.close()
            pictures.close()
            thread.quitSafely()
        }
    }

    private inner class Opened(
        private val preview: Surface,
    ) : CameraDevice.StateCallback() {
        override fun onOpened(camera: CameraDevice) {
            device = camera
            @Suppress("DEPRECATION") // what came in its place is there from API 28 on
            camera.createCaptureSession(listOf(preview, pictures.surface), Running(camera, preview), handler)
        }

        override fun onDisconnected(camera: CameraDevice) {
            camera.close()
            onGone()
        }

        override fun onError(
            camera: CameraDevice,
            error: Int,
        ) = onDisconnected(camera)
    }

    private inner class Running(
        private val camera: CameraDevice,
        private val preview: Surface,
    ) : CameraCaptureSession.StateCallback() {
        override fun onConfigured(session: CameraCaptureSession) {
            val request = camera.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
            request.addTarget(preview)
            request.addTarget(pictures.surface)
            request[CaptureRequest.CONTROL_AF_MODE] = CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE
            session.setRepeatingRequest(request.build(), null, handler)
        }

        override fun onConfigureFailed(session: CameraCaptureSession) = onGone()
    }

    companion object {
        /** Every camera has this size, and a code is read in it at arm's length. */
        const val WIDTH = 1280
        const val HEIGHT = 720
    }
}
