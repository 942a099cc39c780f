package io.phonein.core

/*
 * What each exception tells the person, in finished words: to be shown as it is. The exception's own `message` is for logs.
 */

/** What happened and what would help. */
val WalletException.told: Told
    get() =
        when (this) {
            is WalletException.Gone -> told
            is WalletException.TooNew -> told
            is WalletException.ReadOnly -> told
            is WalletException.Full -> told
            is WalletException.Internal -> told
        }

/** In words. */
val AddException.words: String
    get() =
        when (this) {
            is AddException.Field -> words
            is AddException.Wallet -> error.told.sentence
        }

/** In words. */
val IntercomException.words: String
    get() =
        when (this) {
            is IntercomException.NotReached -> told.sentence
            is IntercomException.Refused -> told.sentence
            is IntercomException.Field -> words
            is IntercomException.Wallet -> error.told.sentence
        }

/** In words. */
val LinkException.words: String
    get() =
        when (this) {
            is LinkException.Unreadable -> told.sentence
            is LinkException.OwnName -> words
            is LinkException.Wallet -> error.told.sentence
        }

/** In words. */
val ShareException.words: String
    get() =
        when (this) {
            is ShareException.Held -> told
            is ShareException.OnlyReissue -> told
            is ShareException.Wallet -> error.told.sentence
        }

/** In words. */
val UnlockException.words: String
    get() =
        when (this) {
            is UnlockException.Busy -> told
            is UnlockException.Wallet -> error.told.sentence
        }
