//! A sentence without the clauses whose figure is blank: 其中基本支出万元 says nothing, and the rest must stay a sentence.

use crate::engine::layout::WITHIN;
use crate::engine::report::write::Run;

/// What stands between two marks, and the mark behind it.
#[derive(Debug, Default)]
struct Clause {
    runs: Vec<Run>,
    mark: Option<char>,
}

/// What a lost clause leaves for the next one: the number of the sentence, or the words that lead to rows.
#[derive(Default)]
struct Left {
    head: Vec<Run>,
    lead: Vec<Run>,
}

/// The sentence without its lost clauses; `None` where no figure is left of those that it had.
pub(super) fn mended(runs: Vec<Run>, is_lost: impl Fn(&Run) -> bool) -> Option<Vec<Run>> {
    let had_cells = runs.iter().any(is_cell);
    let mut kept: Vec<Clause> = Vec::new();
    let mut left = Left::default();
    // The mark of what was lost since the last clause that is kept.
    let mut lost: Option<Option<char>> = None;
    for (at, mut clause) in clauses(runs).into_iter().enumerate() {
        if clause.runs.iter().any(&is_lost) || lost.is_some() && clause.is_within() {
            let has_row = clause.runs.iter().position(|run| matches!(run, Run::Row { .. }));
            if at == 0 {
                left.head = clause.head();
                left.lead = clause.runs.drain(..has_row.unwrap_or(0)).collect();
            } else if has_row != Some(0) {
                left.lead = clause.runs.drain(..has_row.unwrap_or(0)).collect();
            }
            lost = Some(stronger(lost.flatten(), clause.mark));
            continue;
        }
        clause.without_lead_to_no_rows(at == 0);
        if let Some(mark) = lost.take() {
            clause.runs.retain(|run| !matches!(run, Run::EndOfRows(_)));
            close(&mut kept, mark);
            clause.strip_within();
            let is_row = matches!(clause.runs.first(), Some(Run::Row { .. }));
            let left = std::mem::take(&mut left);
            let before = if is_row && !left.lead.is_empty() { left.lead } else { left.head };
            clause.runs.splice(0..0, before);
        }
        kept.push(clause);
    }
    if let Some(mark) = lost {
        close(&mut kept, mark);
    }
    let mended = joined(kept);
    (!had_cells || mended.iter().any(is_cell)).then_some(mended)
}

/// The last clause kept takes the mark of what was lost behind it. A clause that led to nothing else goes, too.
fn close(kept: &mut Vec<Clause>, mark: Option<char>) {
    let is_end = matches!(mark, None | Some('；' | '。'));
    while is_end && kept.last().is_some_and(|clause| clause.mark == Some('：') && !clause.runs.iter().any(is_cell)) {
        kept.pop();
    }
    if let Some(last) = kept.last_mut() {
        last.mark = match (last.mark, mark) {
            (Some('：'), _) if !is_end => Some('：'),
            (_, None) => None,
            (own, mark) => stronger(own, mark),
        };
    }
}

fn stronger(a: Option<char>, b: Option<char>) -> Option<char> {
    let strength = |mark: &Option<char>| match mark {
        None => 0,
        Some('、') => 1,
        Some('；') => 3,
        Some('。') => 4,
        Some(_) => 2,
    };
    // What a lost clause led to goes on behind a comma.
    let plain = |mark: Option<char>| mark.map(|mark| if mark == '：' { '，' } else { mark });
    [a, b].map(plain).into_iter().max_by_key(strength).flatten()
}

impl Clause {
    /// 其中：, which speaks of the clause before it.
    fn is_within(&self) -> bool {
        let begins = matches!(self.runs.first(), Some(Run::Words(words)) if words.starts_with(WITHIN));
        begins && self.mark == Some('：') && !self.runs.iter().any(is_cell)
    }

    /// 其中 says nothing once the whole before it is lost.
    fn strip_within(&mut self) {
        if let Some(Run::Words(words)) = self.runs.first_mut()
            && let Some(rest) = words.strip_prefix(WITHIN)
        {
            *words = rest.to_owned();
        }
    }

    /// The row that begins here and the number of the sentence: `3.`
    fn head(&self) -> Vec<Run> {
        let rows = self.runs.iter().take_while(|run| matches!(run, Run::Row { .. })).count();
        let mut head = self.runs[..rows].to_vec();
        if let Some(Run::Words(words)) = self.runs.get(rows) {
            let digits = words.chars().take_while(char::is_ascii_digit).count();
            if digits > 0 && words[digits..].starts_with('.') {
                head.push(Run::Words(words[..=digits].to_owned()));
            }
        }
        head
    }

    /// Words that lead to rows of which there are none.
    fn without_lead_to_no_rows(&mut self, is_first: bool) {
        let is_end = |run: &Run| matches!(run, Run::EndOfRows(_));
        let end = self.runs.iter().position(is_end);
        if let Some(end) = end.filter(|end| !self.runs[..*end].iter().any(|run| matches!(run, Run::Row { .. }))) {
            let head = if is_first { self.head() } else { Vec::new() };
            self.runs.splice(..=end, head);
        }
        self.runs.retain(|run| !is_end(run));
    }
}

fn is_cell(run: &Run) -> bool {
    matches!(run, Run::Cell { .. })
}

fn clauses(runs: Vec<Run>) -> Vec<Clause> {
    let mut clauses = vec![Clause::default()];
    for run in runs {
        let Run::Words(words) = run else {
            if let Some(last) = clauses.last_mut() {
                last.runs.push(run);
            }
            continue;
        };
        for piece in words.split_inclusive(is_mark) {
            let words = piece.trim_end_matches(is_mark);
            if let Some(last) = clauses.last_mut() {
                last.runs.extend((!words.is_empty()).then(|| Run::Words(words.to_owned())));
                last.mark = piece.chars().next_back().filter(|c| is_mark(*c));
            }
            if piece.ends_with(is_mark) {
                clauses.push(Clause::default());
            }
        }
    }
    if clauses.last().is_some_and(|last| last.runs.is_empty()) {
        clauses.pop();
    }
    clauses
}

fn is_mark(c: char) -> bool {
    matches!(c, '，' | '；' | '。' | '：' | '、')
}

fn joined(clauses: Vec<Clause>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for clause in clauses {
        let mark = clause.mark.map(|mark| Run::Words(mark.to_string()));
        for run in clause.runs.into_iter().chain(mark) {
            match (runs.last_mut(), run) {
                (Some(Run::Words(before)), Run::Words(words)) => before.push_str(&words),
                (_, run) => runs.push(run),
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence with its figures in brackets, `[]` for a blank one; `<` begins a row, `>` ends the rows.
    fn runs(text: &str) -> Vec<Run> {
        let mut runs = Vec::new();
        for piece in text.split_inclusive(['[', ']', '<', '>']) {
            let (words, sign) = match piece.char_indices().next_back() {
                Some((at, sign)) if "[]<>".contains(sign) => (&piece[..at], Some(sign)),
                _ => (piece, None),
            };
            match sign {
                Some(']') => runs.push(Run::Cell { key: "cell".to_owned(), text: words.to_owned() }),
                _ if !words.is_empty() => runs.push(Run::Words(words.to_owned())),
                _ => {}
            }
            match sign {
                Some('<') => runs.push(Run::Row { group: String::new(), id: String::new() }),
                Some('>') => runs.push(Run::EndOfRows(String::new())),
                _ => {}
            }
        }
        runs
    }

    #[track_caller]
    fn becomes(written: &str, due: Option<&str>) {
        let blank = |run: &Run| matches!(run, Run::Cell { text, .. } if text.is_empty());
        let mended = mended(runs(written), blank).map(|runs| {
            runs.iter()
                .map(|run| match run {
                    Run::Words(text) | Run::Cell { text, .. } => text.as_str(),
                    Run::Row { .. } | Run::EndOfRows(_) => "",
                })
                .collect::<String>()
        });
        assert_eq!(mended.as_deref(), due, "{written}");
    }

    #[test]
    fn a_blank_takes_its_clause_along_and_leaves_a_sentence() {
        for (written, due) in [
            ("收入[5]万元，支出[4]万元。", "收入5万元，支出4万元。"),
            ("收入[]万元，支出[4]万元。", "支出4万元。"),
            ("收入[5]万元，支出[]万元。", "收入5万元。"),
            ("收入[5]万元，支出[]万元；结余[]万元。", "收入5万元。"),
            ("收入[5]万元，支出[]万元；结余[1]万元。", "收入5万元；结余1万元。"),
            ("收入[5]万元、支出[]万元，结余[1]万元。", "收入5万元，结余1万元。"),
            // What belongs to a lost whole stands alone.
            ("支出[]万元，其中基本支出[3]万元，项目支出[1]万元。", "基本支出3万元，项目支出1万元。"),
            ("3.支出[]万元，其中：项目支出[1]万元。", "3.项目支出1万元。"),
            (
                "支出[4]万元，其中：项目[1]万元，基本[]万元，其中：人员[2]万元。",
                "支出4万元，其中：项目1万元，人员2万元。",
            ),
            ("支出[4]万元，其中：项目[]万元，基本[]万元，其中：人员[2]万元。", "支出4万元，其中：人员2万元。"),
            ("支出[4]万元，其中：项目[]万元，基本[3]万元，其中：人员[]万元。", "支出4万元，其中：基本3万元。"),
            ("支出[4]万元，其中：项目[]万元；结余[2]万元。", "支出4万元；结余2万元。"),
            ("支出[4]万元：项目[]万元，基本[2]万元。", "支出4万元：基本2万元。"),
            ("支出[4]万元：项目[]万元。", "支出4万元。"),
            // The end stays an end.
            ("1.调增[2]万元，结余[]万元。情况如下：", "1.调增2万元。情况如下："),
            ("1.调增[]万元，结余[2]万元。情况如下：", "1.结余2万元。情况如下："),
            ("经反馈，满意占[]%，不满意占[2]%。", "经反馈，不满意占2%。"),
            ("收入[5]万元，支出[]万元", "收入5万元"),
        ] {
            becomes(written, Some(due));
        }
        becomes("经反馈，满意占[]%，不满意占[]%。", None);
        becomes("情况如下：", Some("情况如下："));
    }

    #[test]
    fn words_that_lead_to_rows_stay_with_the_rows() {
        for (written, due) in [
            ("1.项目<[甲]金额[]万元，<[乙]金额[2]万元，>调增[3]万元。", "1.项目乙金额2万元，调增3万元。"),
            ("1.项目<[甲]金额[]万元，<[乙]金额[]万元，>调增[3]万元。", "1.调增3万元。"),
            ("1.项目>调增[3]万元，调减[]万元。", "1.调增3万元。"),
            ("1.项目>调增[]万元，调减[3]万元。", "1.调减3万元。"),
            ("1.项目<[甲]金额[1]万元，>调增[]万元，调减[3]万元。", "1.项目甲金额1万元，调减3万元。"),
            ("收入[1]万元，项目<[甲]金额[]万元，<[乙]金额[2]万元。>", "收入1万元，项目乙金额2万元。"),
            ("收入[1]万元，项目<[甲]金额[]万元，>调增[2]万元。", "收入1万元，调增2万元。"),
        ] {
            becomes(written, Some(due));
        }
    }
}
