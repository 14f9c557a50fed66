//! The kinds of slip that are measured.

/// What went wrong when a figure was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Two neighbouring digits changed places.
    Transposed,
    /// A digit is another.
    Replaced,
    /// A digit is missing.
    Dropped,
    /// A digit too many.
    Added,
    /// The decimal point is missing.
    LostPoint,
    TimesTen,
    Tenth,
    /// 元 in place of 万元.
    YuanForWan,
    /// 万元 in place of 元.
    WanForYuan,
    Sign,
    /// Two cells beside or above each other have each other's figure.
    Swapped,
    /// The figure of the column before.
    PreviousColumn,
    Zero,
    /// Any amount.
    Random,
}

impl Kind {
    pub const ALL: [Self; 14] = [
        Self::Transposed,
        Self::Replaced,
        Self::Dropped,
        Self::Added,
        Self::LostPoint,
        Self::TimesTen,
        Self::Tenth,
        Self::YuanForWan,
        Self::WanForYuan,
        Self::Sign,
        Self::Swapped,
        Self::PreviousColumn,
        Self::Zero,
        Self::Random,
    ];

    /// The shares in a hundred that Scholtus found among errors of single digits.
    pub const OBSERVED: [(Self, usize); 4] =
        [(Self::Replaced, 74), (Self::Dropped, 10), (Self::Transposed, 9), (Self::Added, 7)];

    pub fn name(self) -> &'static str {
        match self {
            Self::Transposed => "digits transposed",
            Self::Replaced => "digit replaced",
            Self::Dropped => "digit dropped",
            Self::Added => "digit added",
            Self::LostPoint => "point lost",
            Self::TimesTen => "× 10",
            Self::Tenth => "÷ 10",
            Self::YuanForWan => "× 10⁴ (元 for 万元)",
            Self::WanForYuan => "÷ 10⁴ (万元 for 元)",
            Self::Sign => "sign",
            Self::Swapped => "neighbours swapped",
            Self::PreviousColumn => "previous column",
            Self::Zero => "zero",
            Self::Random => "random value",
        }
    }
}
