package io.phonein.ui.created

import io.phonein.core.Door
import io.phonein.core.KeyCategory
import io.phonein.core.KeyDetails
import io.phonein.core.KeyOffer
import io.phonein.core.KeyRow
import io.phonein.core.KeyStatus
import io.phonein.core.Meaning
import io.phonein.core.MoreUses
import io.phonein.core.MoreUsesChoice
import io.phonein.core.QrModules
import io.phonein.core.QrStretch
import io.phonein.core.Share
import io.phonein.core.ShareWay
import io.phonein.core.Sign
import io.phonein.core.Told

/** A key in the core's words. */
fun key(
    status: KeyStatus,
    statusWords: String,
    sign: Sign = Sign.KEY,
    meaning: Meaning = Meaning.ACTIVE,
    deliveryWords: String = "At the intercom",
    asksUses: String? = null,
) = KeyDetails(
    row =
        KeyRow(
            id = "1",
            intercom = "1",
            name = "Cleaner",
            category = KeyCategory.SERVICES,
            categoryWords = "Services",
            status = status,
            statusWords = statusWords,
            sign = sign,
            meaning = meaning,
            menuWords = "Cleaner, What to do with this key",
            isManaged = true,
            isHeld = false,
            opens = Door.ENTRANCE,
            offers = listOf(KeyOffer.EDIT, KeyOffer.SHARE, KeyOffer.DELETE),
        ),
    sentence =
        "Your key will be valid from Tuesday, October 12, 2021 at 10:22 until Thursday, October 14, 2021 at 10:22, up to 5 times",
    isHearsay = false,
    deliveryWords = deliveryWords,
    isDelivered = deliveryWords == "At the intercom",
    facts = emptyList(),
    overtaken = null,
    locked = null,
    deleteQuestion = Told("", "", ""),
    deleteWords = "DELETE",
    moreUses = asksUses?.let { MoreUses(it, (1..99).map { uses -> MoreUsesChoice(uses, "$uses") }) },
)

/** As large as that of a real link; a scanner finds nothing in it. */
val share =
    69.let { size ->
        val dark = (0 until size * size).filter { (it / size * 7 + it % size * 3) % 5 < 2 }
        Share(
            "https://phonein.app/k#link",
            "Anna sends you a key to Home. Open it with Phonein on your phone: https://phonein.app/k#link",
            QrModules(size + 8, dark.map { QrStretch(4 + it % size, 4 + it / size, 1) }, ""),
            "The first phone that adds this key owns it",
            "If nobody accepts it by Thursday, October 14, 2021 at 10:22, the link stops working",
        )
    }

/** Words without more to them. */
fun told(words: String) = Told(words, "", "$words.")

/** The ways to a new link, where the status line says why. */
val held = Again(null, listOf(ShareWay.SOMEONE_ELSE, ShareWay.NEW_PHONE))

fun onlyNewLink(words: String) = Again(told(words), listOf(ShareWay.NEW_PHONE))
