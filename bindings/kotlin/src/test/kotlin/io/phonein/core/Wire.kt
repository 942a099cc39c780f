package io.phonein.core

import kotlinx.coroutines.channels.Channel
import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import kotlin.concurrent.thread

/** The network between a phone and an intercom, in which a request may get lost. */
class Wire : AutoCloseable {
    private val server = ServerSocket(0, 50, InetAddress.getLoopbackAddress())

    /** Where phones find it. */
    val url = "http://127.0.0.1:${server.localPort}"

    /** The intercom behind it. */
    @Volatile var to: String = ""

    /** Whether what phones send gets lost. */
    @Volatile var holds = false

    /** A request that was lost. */
    val lost = Channel<Unit>(Channel.UNLIMITED)

    /** A phone gave up a connection on which a request was lost. */
    val givenUp = Channel<Unit>(Channel.UNLIMITED)

    init {
        thread(isDaemon = true) {
            untilClosed { while (true) server.accept().let { phone -> thread(isDaemon = true) { serve(phone) } } }
        }
    }

    private fun serve(phone: Socket) =
        untilClosed {
            phone.use {
                val address = URI(to)
                Socket(address.host, address.port).use { device ->
                    thread(isDaemon = true) { untilClosed { device.getInputStream().copyTo(phone.getOutputStream()) } }
                    pass(phone, device)
                }
            }
        }

    private fun pass(
        phone: Socket,
        device: Socket,
    ) {
        val bytes = ByteArray(65_536)
        var hasLost = false
        while (true) {
            val count = try { phone.getInputStream().read(bytes) } catch (_: IOException) { -1 }
            if (count < 0) break
            if (holds) {
                hasLost = true
                lost.trySend(Unit)
            } else {
                device.getOutputStream().write(bytes, 0, count)
            }
        }
        if (hasLost) givenUp.trySend(Unit)
    }

    private fun untilClosed(work: () -> Unit) {
        try {
            work()
        } catch (_: IOException) {
            // Either side hung up.
        }
    }

    override fun close() = server.close()
}
