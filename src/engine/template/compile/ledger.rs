//! Looks up where last year's figures stand and where the accounts of a ledger go.

use crate::engine::template::compile::Names;
use crate::engine::template::fault::Problem;
use crate::engine::template::spec::LedgerSpec;

impl Names<'_> {
    /// A column that carries last year's figures names another one of its block and kind.
    pub(super) fn last_years(&mut self) {
        let spec = self.spec;
        for (b, block) in spec.blocks.iter().enumerate() {
            let columns: Vec<&str> = block.columns.iter().map(|column| column.id.as_str()).collect();
            for (c, column) in block.columns.iter().enumerate() {
                let Some(from) = &column.last_year else { continue };
                let path = format!("blocks[{b}].columns[{c}].last_year");
                let is_other = |other: &str| other == from.as_str() && other != column.id;
                let fits = block.columns.iter().any(|other| is_other(&other.id) && other.kind == column.kind);
                if self.known(&path, "column", from, &columns) && !fits {
                    self.fault(path, Problem::LastYear(from.clone()));
                }
            }
        }
    }

    pub(super) fn ledger(&mut self, ledger: &LedgerSpec) {
        let mut codes: Vec<&String> = Vec::new();
        for (a, account) in ledger.accounts.iter().enumerate() {
            let path = format!("ledger.accounts[{a}]");
            for column in &ledger.columns {
                self.figure(&path, &format!("{}.{}", account.into, column.into));
            }
            for code in account.codes.keys() {
                if !matches!(code.len(), 3 | 5) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                    self.fault(path.clone(), Problem::AccountCode(code.clone()));
                }
                // An amount that stood in two rows would be counted twice.
                if codes.contains(&code) {
                    self.fault(path.clone(), Problem::DuplicateName(code.clone()));
                }
                codes.push(code);
            }
            if account.codes.values().any(|name| name.trim().is_empty()) {
                self.fault(path, Problem::EmptyWord);
            }
        }
        let lists = [
            ("codes", &ledger.codes),
            ("basic", &ledger.basic),
            ("project", &ledger.project),
            ("funds", &ledger.funds),
            ("totals", &ledger.totals),
            ("other", &ledger.other),
        ];
        let columns = ledger.columns.iter().map(|column| ("columns", &column.words));
        for (name, list) in lists.into_iter().chain(columns) {
            if list.iter().any(|word| word.trim().is_empty()) {
                self.fault(format!("ledger.{name}"), Problem::EmptyWord);
            }
        }
    }
}
