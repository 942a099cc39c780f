package io.phonein.ui.created

import io.phonein.core.Door
import io.phonein.core.KeyCategory
import io.phonein.core.KeyDetails
import io.phonein.core.KeyOffer
import io.phonein.core.KeyRow
import io.phonein.core.KeyStatus
import io.phonein.core.MoreUses
import io.phonein.core.QrModules
import io.phonein.core.Share
import io.phonein.core.ShareWay
import io.phonein.core.Told
import io.phonein.ui.newkey.Pages

/** A key in the core's words. */
fun key(
    status: KeyStatus,
    statusWords: String,
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
    holderWords = null,
    usesWords = emptyList(),
    welcome = null,
    makerWords = null,
    claimWords = null,
    overtaken = null,
    locked = null,
    deleteQuestion = Told("", "", ""),
    moreUses = asksUses?.let { MoreUses(it, Pages.uses.drop(1)) },
)

/** As large as that of a real link; a scanner finds nothing in it. */
val share =
    69.let { size ->
        val modules = ByteArray(size * size) { if ((it / size * 7 + it % size * 3) % 5 < 2) 1 else 0 }
        Share(
            "https://phonein.app/k#link",
            "Anna sends you a key to Home. Open it with Phonein on your phone: https://phonein.app/k#link",
            QrModules(size, modules, ""),
            "The first phone that adds this key owns it",
            "If nobody accepts it by Thursday, November 11, the link stops working",
        )
    }

/** Words without more to them. */
fun told(words: String) = Told(words, "", "$words.")

/** Why a key needs a new link, and the ways to one. */
val held = Again(told("On Béla's phone"), listOf(ShareWay.SOMEONE_ELSE, ShareWay.NEW_PHONE))

fun onlyNewLink(words: String) = Again(told(words), listOf(ShareWay.NEW_PHONE))
