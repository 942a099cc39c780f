import Foundation
import PhoneinBindings

/// An error of the core's that a person should hear of. Its `localizedDescription` is the sentence of `told`.
public protocol TellingError: LocalizedError {
    /// What to tell the person, in the language the app runs in.
    var told: Told { get }
}

extension TellingError {
    public var errorDescription: String? { told.sentence }
}

extension WalletError: TellingError {
    public var told: Told {
        switch self {
        case .Gone(let told), .TooNew(let told), .ReadOnly(let told), .Full(let told), .Internal(_, let told): told
        }
    }
}

extension AddError: TellingError {
    public var told: Told {
        switch self {
        case .Field(_, let told): told
        case .Wallet(let error): error.told
        }
    }
}

extension IntercomError: TellingError {
    public var told: Told {
        switch self {
        case .NotReached(let told, _), .Refused(_, let told), .Field(_, let told): told
        case .Wallet(let error): error.told
        }
    }
}

extension LinkError: TellingError {
    public var told: Told {
        switch self {
        case .Unreadable(_, _, let told), .OwnName(let told): told
        case .Wallet(let error): error.told
        }
    }
}

extension SaveError: TellingError {
    public var told: Told {
        switch self {
        case .Field(_, let told): told
        case .Wallet(let error): error.told
        }
    }
}

extension ShareError: TellingError {
    public var told: Told {
        switch self {
        case .NoLink(_, let told, _): told
        case .Wallet(let error): error.told
        }
    }
}

extension UnlockError: TellingError {
    public var told: Told {
        switch self {
        case .Busy(let told): told
        case .Wallet(let error): error.told
        }
    }
}
