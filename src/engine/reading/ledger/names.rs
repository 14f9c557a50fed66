//! The accounts that the template lists, known by code and name.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::amount::plain_letter;
use crate::engine::reading::ledger::rows::{CLASS, Coded};
use crate::engine::reading::plain::Line;
use crate::engine::template::spec::LedgerSpec;

pub(super) struct Names {
    by_code: BTreeMap<String, Vec<char>>,
    classes: BTreeSet<Vec<char>>,
}

/// Ends of a name that are written one for the other.
const ENDS: [&str; 4] = ["费用", "经费", "支出", "费"];

impl Names {
    pub fn of(spec: &LedgerSpec) -> Self {
        let accounts = spec.accounts.iter().flat_map(|account| &account.codes);
        let by_code: BTreeMap<String, Vec<char>> = accounts.map(|(code, name)| (code.clone(), short(name))).collect();
        let classes = by_code.keys().map(|code| code.chars().take(CLASS).collect()).collect();
        Self { by_code, classes }
    }

    pub fn has(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    /// Whether the name beside a code is that of the account: other lists have numbers of five digits, too.
    pub fn agree(&self, coded: &Coded) -> bool {
        self.by_code.get(&coded.code).is_some_and(|name| {
            let found = short(&coded.name);
            let (less, more) = if found.len() < name.len() { (&found, name) } else { (name, &found) };
            // 公车运行维护 for 公务用车运行维护, 一般商品和服务 for 商品和服务.
            let mut rest = more.iter();
            !less.is_empty() && more.len() <= less.len() * 2 + 1 && less.iter().all(|c| rest.any(|other| other == c))
        })
    }

    /// Whether a cell may begin with the code of a class that is listed.
    pub fn may_begin(&self, line: &Line) -> bool {
        if !line.is_cell && !line.begins_row() {
            return false;
        }
        let letters = line.letters.iter().map(|letter| letter.plain);
        let digits = letters.skip_while(|c| matches!(c, '[' | '(' | '【')).take(CLASS);
        self.classes.contains(&digits.collect::<Vec<_>>())
    }
}

/// The letters of a name without remarks in brackets and the ending.
fn short(name: &str) -> Vec<char> {
    let mut depth = 0;
    let mut short = String::new();
    for c in name.chars().filter_map(plain_letter) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if depth == 0 && c.is_alphabetic() => short.push(c),
            _ => {}
        }
    }
    let end = ENDS.iter().find_map(|end| short.strip_suffix(end).filter(|rest| !rest.is_empty()));
    end.unwrap_or(&short).chars().collect()
}
