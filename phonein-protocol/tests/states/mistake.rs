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

    /// Each manager's time is taken: the clock is set to it by force.
    ClockByAnyPut,
    /// The floor does not outlive a power cut.
    FloorForgotten,
    /// With no time the floor counts as the time.
    FloorAsTime,
    /// Nobody looks at the last day of a link: the disk gives out grants that have none.
    LastDayIgnored,
    /// Settings are written whatever was read of them: what is written comes in with the newest revision.
    RevisionIgnored,
    /// The inner door cannot be switched off: "off" comes in as "on".
    InnerDoorStaysOn,
    /// A manager's opening costs the key that is named a use: the disk counts it.
    ManagersSpend,
    /// The disk keeps managers who are removed.
    RemovedStays,
    /// Each way has a number of its own.
    NumberByWay,
    /// The judgement is not told by which way a frame came.
    WayNotTold,

    /// After a restore nothing is put again.
    NothingAgain,
    /// Of a log's head the phone compares the number alone.
    HeadByNumber,
    /// What Keys says counts before the log was read.
    AnswersCountAtOnce,
    /// What Keys said counts whatever the log then has.
    KeysCountWithAnyLog,
    /// A deletion that another manager made is not put again.
    OthersDeletionsLeft,
    /// A grant of a signer who is no manager now is put again as it was, and not signed anew.
    NotSignedAnew,
    /// What is signed anew names the base that it had.
    SignedAnewOldBase,
}
