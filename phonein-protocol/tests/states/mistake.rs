//! What goes wrong on purpose. Nothing in the shipped code knows of it: a mistake is made by the disk, by the program
//! around the judgement, by phones, managers or the network; or the request is changed on its way in, so that the
//! judgement does what a careless one would have done.

/// A deliberate mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mistake {
    /// None.
    None,

    /// A claim need not fit the stored commitment: it comes in with the stored grant and its secret.
    PresentedCommitment,
    /// The relay moves, then the use is written: a power cut between finds the disk from before.
    RelayBeforeDisk,
    /// Remembered answers are kept in memory only: they are not on the disk after a power cut.
    AnswersInMemory,
    /// Numbers have no order, only the last one is remembered: any other comes in as the next.
    UnorderedIds,
    /// Refusals are not remembered: the judgement is started anew after each.
    RefusalsForgotten,
    /// What a phone was answered last is forgotten with its hold on the key: so does the disk.
    AnswersDieWithHolder,
    /// The id of a deleted key is not kept: the disk finds none.
    DeletedIdForgotten,
    /// An edit needs not know what it replaces: it comes in as if it did.
    NoBase,
    /// A claim's grant must be a manager's even where it is the one stored: it is asked before the judgement.
    SignerBeforeStored,
    /// Only a Put asks who signed: a claim's grant comes in signed by a manager.
    ClaimBringsAnySigner,
    /// The use of a relay that could not be moved goes back in a transaction of its own.
    UseBackApart,
    /// A door fault is told before it is written.
    FaultToldFirst,
    /// Tokens are never marked as used and frames outlive a power cut. This one must do no harm.
    TokensForgotten,
    /// A refusal, which is remembered in memory only, is heard after a power cut. Not a mistake but a limit.
    RefusalAfterCut,

    /// Frames have no age.
    NoAge,
    /// A tap without an answer does not keep the next one waiting once it is over.
    NoStatusBeforeNext,
    /// A tap's frames are sealed until it is over.
    SealedToTheEnd,
    /// A press on another door is a tap at once.
    OtherDoorAtOnce,
    /// Any Status that does not know a tap settles it.
    StatusTooEarly,
    /// So does one that is heard after the tap is over, whenever it was asked.
    StatusByWhenHeard,
    /// A press soon after an answered tap is that tap again.
    PressJoinsAnswered,
}
