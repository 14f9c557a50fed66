//! What is said of the words of a filing as a whole: its cells, and the pasted material where it says something else.

use crate::engine::finding::{Answer, Level};
use crate::engine::layout::Layout;
use crate::engine::notes::answer_to;
use crate::engine::text::turned::turns;
use crate::engine::text::{Place, TextFact, TextFinding, check, masked, passages_of};

/// The remarks on a filing, each with the 审核说明 that answers it. What the material says was taken from cells, or into
/// them, is said once.
pub fn review(layout: &Layout<'_>) -> Vec<(TextFinding, Option<Answer>)> {
    let (material, cells): (Vec<_>, Vec<_>) =
        passages_of(layout).into_iter().partition(|passage| passage.place == Place::Material);
    let mut found = check(layout.template, layout.submission, &cells);
    for remark in check(layout.template, layout.submission, &material) {
        if found.iter().all(|known| known.code != remark.code || !is_same(&known.fact, &remark.fact)) {
            found.push(remark);
        }
    }
    let answered = |remark: TextFinding| {
        let answer = answer_to(&remark.code, &remark.cells, layout).filter(|_| remark.level == Level::Warning);
        (remark, answer)
    };
    found.into_iter().map(answered).collect()
}

/// Whether two remarks tell the same slip, however often and wherever it stands.
fn is_same(one: &TextFact, other: &TextFact) -> bool {
    match (one, other) {
        (TextFact::Typo { wrong, .. }, TextFact::Typo { wrong: again, .. }) => wrong == again,
        (TextFact::Repeated { .. }, TextFact::Repeated { .. })
        | (TextFact::UnitName { .. }, TextFact::UnitName { .. })
        | (TextFact::Telephone { .. }, TextFact::Telephone { .. })
        | (TextFact::NoProblems { .. }, TextFact::NoProblems { .. }) => true,
        (TextFact::PersonalData { masked, .. }, TextFact::PersonalData { masked: again, .. }) => masked == again,
        _ => one == other,
    }
}

/// The text of the cell with a slip mended or personal data masked, where there is no doubt how.
pub fn mended(finding: &TextFinding, layout: &Layout<'_>) -> Option<(String, String)> {
    let Place::Cell(key) = &finding.place else { return None };
    let text = layout.submission.text(key);
    let new = match &finding.fact {
        TextFact::Typo { right, .. } => [text.get(..finding.at.start)?, right, text.get(finding.at.end..)?].concat(),
        TextFact::PersonalData { .. } => masked(text, std::slice::from_ref(finding)),
        TextFact::Turned { .. } => text.chars().filter(|c| !turns(*c)).collect(),
        _ => return None,
    };
    (new != text).then(|| (key.clone(), new))
}
