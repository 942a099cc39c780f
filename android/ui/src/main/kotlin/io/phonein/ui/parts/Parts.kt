package io.phonein.ui.parts

/** A part of a list, as the core hands it out. */
internal data class Part<T>(
    val rows: List<T>,
    /** Where the next one begins; `null` at the end. */
    val next: String?,
    /** The next one is asked for once no more than so many rows follow the last one on screen. */
    val ahead: Int,
)

/** A list that is read a part at a time, as far as somebody looked. Of a reading that was interrupted nothing is kept. */
internal data class Parts<T>(
    val rows: List<T> = emptyList(),
    private val next: String? = null,
    private val ahead: Int = 0,
) {
    /** Whether there is more. */
    val goesOn: Boolean get() = next != null

    /** Whether more is to be read when [seen] is the last row on screen. */
    fun isShort(seen: Int) = goesOn && rows.lastIndex - seen <= ahead

    /** This list, read on from its end until it is long enough: from an empty one all of it anew. */
    suspend fun readOn(
        seen: Int,
        ask: suspend (after: String?) -> Part<T>,
    ): Parts<T> {
        var read = this
        do {
            val part = ask(read.next)
            read = Parts(read.rows + part.rows, part.next, part.ahead)
        } while (read.isShort(seen))
        return read
    }
}
