//! 算式 of the relations of a card, closed until somebody asks.

use crate::engine::finding::Finding;
use crate::render::calculation::Calculation;
use crate::render::html::{element, escape};
use crate::render::line;
use crate::render::repairs::Draw;
use crate::words::repairs as said;

/// Of more relations the first few show how it is.
const MOST_RELATIONS: usize = 6;

impl Draw<'_> {
    pub(super) fn calculations(&self, findings: &[&Finding]) -> String {
        let calculation = Calculation { layout: self.layout, figures: self.figures, speaker: self.speaker };
        let told: String =
            findings.iter().take(MOST_RELATIONS).map(|finding| calculation.of_finding(finding)).collect();
        let left_out = findings.len().saturating_sub(MOST_RELATIONS);
        let more = match left_out {
            0 => String::new(),
            count => line("todo", &self.speaker.say(said::MORE_RELATIONS, &[("count", count.to_string())])),
        };
        let title = element("summary", &[], &escape(self.words(said::CALCULATION)));
        element("details", &[("class", "sums"), ("data-part", "sums")], &[title, told, more].concat())
    }
}
