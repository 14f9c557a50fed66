//! Looks up what the checks of words name, and refuses words that would match every text.

use crate::engine::template::compile::Names;
use crate::engine::template::fault::Problem;
use crate::engine::template::spec::{TextRuleKind, TypoSpec};

impl Names<'_> {
    pub(super) fn text_rules(&mut self) {
        let spec = self.spec;
        for (at, rule) in spec.text_rules.iter().enumerate() {
            let path = format!("text_rules[{at}].is");
            match &rule.kind {
                TextRuleKind::Typos { list } => list.iter().enumerate().for_each(|(at, typo)| {
                    self.typo(&format!("{path}.typos.list[{at}]"), typo);
                }),
                TextRuleKind::FilingDate { cell } => self.words(&path, cell),
                TextRuleKind::NoProblems { headings, cells, none } => {
                    if spec.scoring.is_none() {
                        self.fault(path.clone(), Problem::NeedsScoring);
                    }
                    cells.iter().for_each(|key| self.words(&path, key));
                    self.no_empty_words(&path, [headings, none]);
                }
                TextRuleKind::Placeholder { wordings, names, counted } => {
                    self.no_empty_words(&path, [wordings, names, counted]);
                }
                TextRuleKind::CountOfList { counters, leads, open } => {
                    self.no_empty_words(&path, [counters, leads, open]);
                }
                TextRuleKind::StaleYear { words }
                | TextRuleKind::UnitSlip { totals: words }
                | TextRuleKind::Telephone { labels: words } => self.no_empty_words(&path, [words]),
                TextRuleKind::Repeated { .. }
                | TextRuleKind::DocumentNumber
                | TextRuleKind::Date
                | TextRuleKind::UnitName
                | TextRuleKind::PersonalData => {}
            }
        }
    }

    fn typo(&mut self, path: &str, typo: &TypoSpec) {
        let single = [&typo.wrong, &typo.right].map(std::slice::from_ref);
        self.no_empty_words(path, [single[0], single[1], &typo.ahead, &typo.behind, &typo.unless]);
        for word in typo.unless.iter().filter(|word| !word.contains(&typo.wrong)) {
            self.fault(path, Problem::NoSlipWithin(word.clone()));
        }
        for mark in typo.ahead.iter().chain(&typo.behind).filter(|word| word.contains('{')) {
            self.known(path, "mark", mark, &TypoSpec::MARKS);
        }
    }

    fn no_empty_words<const N: usize>(&mut self, path: &str, lists: [&[String]; N]) {
        if lists.into_iter().flatten().any(|word| word.trim().is_empty()) {
            self.fault(path, Problem::EmptyWord);
        }
    }
}
