package io.phonein.core

/**
 * Shows btleplug the virtual machine. JNA, by which the core is called, loads the library without doing so; this loads it as
 * Java does, on a thread whose class loader is the app's.
 */
object Bluetooth {
    init {
        System.loadLibrary("phonein_core")
    }

    /** Once, on the main thread, before the core is opened. If it fails, which is logged, the network is used alone. */
    external fun start()
}
