//! Runs the cases and counts.

use gouji::engine::locate::solve::Certainty;
use gouji::engine::locate::system::CENT;

use crate::chance::Chance;
use crate::forms::{Entered, Form, Sheet, Which};
use crate::kinds::Kind;
use crate::slips::{self, Slip};
use crate::verdict::{Judgement, Verdict};

/// What is put into a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// One slip of a kind.
    One(Kind),
    /// One slip, digits alone, in the shares that were observed.
    Observed,
    /// Two slips of any kind but random values and swaps, in different cells.
    Two,
}

impl Run {
    /// Tells the runs apart where cases are drawn.
    fn number(self) -> u64 {
        match self {
            Self::One(kind) => kind as u64,
            Self::Observed => 50,
            Self::Two => 51,
        }
    }
}

/// A true form and what was put into it.
pub struct Case {
    pub form: Form,
    pub slips: Vec<Slip>,
}

/// One case of a run; `None` where the form has no cell for the slip.
pub fn case(which: Which, run: Run, seed: u64, number: usize) -> Option<Case> {
    let mut chance = Chance::of_case(seed, run.number() * 8 + which as u64, number as u64);
    let form = which.make(&mut chance);
    let slips = draw(&mut chance, run, form.sheet())?;
    Some(Case { form, slips })
}

fn draw(chance: &mut Chance, run: Run, sheet: &Sheet) -> Option<Vec<Slip>> {
    match run {
        Run::One(kind) => Some(vec![slips::draw(chance, kind, sheet)?]),
        Run::Observed => {
            let kind = slips::observed_kind(chance);
            Some(vec![slips::draw(chance, kind, sheet)?])
        }
        Run::Two => {
            let mut one = || {
                (0..50).find_map(|_| {
                    let kind = *chance.pick(&Kind::ALL);
                    slips::draw(chance, kind, sheet).filter(|_| !matches!(kind, Kind::Random | Kind::Swapped))
                })
            };
            let first = one()?;
            let second = (0..50).find_map(|_| one().filter(|second| second.entered[0].0 != first.entered[0].0))?;
            Some(vec![first, second])
        }
    }
}

impl Case {
    pub fn entered(&self) -> Entered {
        self.form.with(&self.slips)
    }

    pub fn judge(&self, verdict: &Verdict) -> Judgement {
        verdict.judge(self.form.sheet(), &self.slips)
    }

    /// Each wrong cell stands in two equalities or more.
    pub fn is_tied_twice(&self) -> bool {
        let cells = self.slips.iter().flat_map(|slip| &slip.entered);
        cells.into_iter().all(|(cell, _)| self.form.sheet().cells[*cell].ties.len() > 1)
    }

    /// Two figures changed places within the very same sums, which come to the same.
    pub fn is_within_sums(&self) -> bool {
        let ties = |(cell, _): &(usize, _)| &self.form.sheet().cells[*cell].ties;
        self.slips.iter().all(|slip| matches!(slip.entered.as_slice(), [one, other] if ties(one) == ties(other)))
    }

    /// No figure moved further than rounding may move the sums of a form.
    pub fn is_within_rounding(&self) -> bool {
        self.slips.iter().all(|slip| slip.moved_by(self.form.sheet()) <= 5 * CENT)
    }
}

/// What came out of some cases.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub cases: usize,
    pub detected: usize,
    /// Not detected, and the figure is hardly another.
    pub within_rounding: usize,
    /// Not detected, as two figures of the same sums changed places.
    pub within_sums: usize,
    /// Cases whose cells two equalities tie, and the detected of them.
    pub tied_twice: usize,
    pub tied_twice_detected: usize,
    /// Not detected for one of these reasons although two equalities tie the cell.
    pub tied_twice_unseen: usize,
    pub first: usize,
    pub among_three: usize,
    pub value: usize,
    pub names_one: usize,
    pub without_answer: usize,
    /// Said as 应为 and as 很可能, and the right ones of them.
    pub must: usize,
    pub must_right: usize,
    pub likely: usize,
    pub likely_right: usize,
    /// Two errors whose relations hang together.
    pub in_one_group: usize,
    pub in_one_group_first: usize,
}

impl Tally {
    pub fn add(&mut self, case: &Case, judged: &Judgement) {
        let count = |is: bool| usize::from(is);
        let (detected, is_twice) = (judged.is_detected, case.is_tied_twice());
        let is_small = !detected && case.is_within_rounding();
        let is_same = !detected && !is_small && case.is_within_sums();
        self.cases += 1;
        self.detected += count(detected);
        self.within_rounding += count(is_small);
        self.within_sums += count(is_same);
        self.tied_twice += count(is_twice);
        self.tied_twice_detected += count(is_twice && detected);
        self.tied_twice_unseen += count(is_twice && (is_small || is_same));
        self.first += count(judged.is_first);
        self.among_three += count(judged.is_among_three);
        self.value += count(judged.is_value);
        self.names_one += count(detected && judged.names_one);
        self.without_answer += count(detected && judged.is_without_answer);
        let certainty = judged.certainty.filter(|_| detected);
        let (is_must, is_likely) = (certainty == Some(Certainty::Must), certainty == Some(Certainty::Likely));
        self.must += count(is_must);
        self.must_right += count(is_must && judged.is_first);
        self.likely += count(is_likely);
        self.likely_right += count(is_likely && judged.is_first);
        self.in_one_group += count(detected && judged.groups == 1);
        self.in_one_group_first += count(judged.groups == 1 && judged.is_first);
    }

    pub fn join(&mut self, other: &Self) {
        let pairs = [
            (&mut self.cases, other.cases),
            (&mut self.detected, other.detected),
            (&mut self.within_rounding, other.within_rounding),
            (&mut self.tied_twice, other.tied_twice),
            (&mut self.tied_twice_detected, other.tied_twice_detected),
            (&mut self.within_sums, other.within_sums),
            (&mut self.tied_twice_unseen, other.tied_twice_unseen),
            (&mut self.first, other.first),
            (&mut self.among_three, other.among_three),
            (&mut self.value, other.value),
            (&mut self.names_one, other.names_one),
            (&mut self.without_answer, other.without_answer),
            (&mut self.must, other.must),
            (&mut self.must_right, other.must_right),
            (&mut self.likely, other.likely),
            (&mut self.likely_right, other.likely_right),
            (&mut self.in_one_group, other.in_one_group),
            (&mut self.in_one_group_first, other.in_one_group_first),
        ];
        for (mine, theirs) in pairs {
            *mine += theirs;
        }
    }

    /// Spoken plainly.
    pub fn plain(&self) -> usize {
        self.must + self.likely
    }

    pub fn plain_right(&self) -> usize {
        self.must_right + self.likely_right
    }
}

/// Runs so many cases of a run.
pub fn tally(which: Which, run: Run, seed: u64, cases: usize) -> Tally {
    let mut tally = Tally::default();
    for case in (0..cases).filter_map(|number| case(which, run, seed, number)) {
        let verdict = case.entered().verdict();
        tally.add(&case, &case.judge(&verdict));
    }
    tally
}

/// The runs that are timed and compared between machines: every kind in turn, and two slips.
pub fn timed_case(which: Which, two: bool, seed: u64, number: usize) -> Option<Case> {
    let run = if two { Run::Two } else { Run::One(Kind::ALL[number % Kind::ALL.len()]) };
    case(which, run, seed, number)
}
