package io.phonein.app

import android.content.Context

/** A part of the system that every Android has. */
internal inline fun <reified T : Any> Context.system(): T = checkNotNull(getSystemService(T::class.java))
