import Foundation
import PhoneinBindings

// An error's `localizedDescription` is what the core says of it in the language the app runs in.

extension WalletError: LocalizedError {
    /// What to tell the person.
    public var told: Told {
        switch self {
        case .Gone(let told), .TooNew(let told), .ReadOnly(let told), .Full(let told), .Internal(_, let told): told
        }
    }

    public var errorDescription: String? { told.sentence }
}

extension AddError: LocalizedError {
    public var errorDescription: String? {
        switch self {
        case .Field(_, let words): words
        case .Wallet(let error): error.errorDescription
        }
    }
}

extension IntercomError: LocalizedError {
    public var errorDescription: String? {
        switch self {
        case .NotReached(let told, _), .Refused(_, let told): told.sentence
        case .Field(_, let words): words
        case .Wallet(let error): error.errorDescription
        }
    }
}

extension LinkError: LocalizedError {
    public var errorDescription: String? {
        switch self {
        case .Unreadable(_, let told): told.sentence
        case .OwnName(let words): words
        case .Wallet(let error): error.errorDescription
        }
    }
}

extension SaveError: LocalizedError {
    /// For a wrong field nothing: the page's state says it beside the field.
    public var errorDescription: String? {
        switch self {
        case .Field: nil
        case .Wallet(let error): error.errorDescription
        }
    }
}

extension ShareError: LocalizedError {
    public var errorDescription: String? {
        switch self {
        case .Held(let told), .OnlyReissue(let told): told
        case .Wallet(let error): error.errorDescription
        }
    }
}

extension UnlockError: LocalizedError {
    public var errorDescription: String? {
        switch self {
        case .Busy(let told): told
        case .Wallet(let error): error.errorDescription
        }
    }
}
