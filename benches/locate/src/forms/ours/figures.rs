//! Figures for the cells that the sample has filled, true to every relation that can be checked on them.

use std::collections::BTreeMap;

use gouji::engine::locate::system::{CENT, Figure, UNIT, Units};

use crate::amounts::{Exactness, amount, share, to_step};
use crate::chance::Chance;
use crate::entry::{plain, printed};

/// A filing while its figures are drawn.
struct Draft<'c> {
    chance: &'c mut Chance,
    exactness: Exactness,
    exact: BTreeMap<String, Units>,
    figures: BTreeMap<String, Figure>,
}

impl Draft<'_> {
    fn amount(&mut self, median: Units) -> Units {
        amount(self.chance, self.exactness, median, 10)
    }

    /// A new figure like one of another year.
    fn like(&mut self, value: Units) -> Units {
        amount(self.chance, self.exactness, value / CENT, 3)
    }

    fn part(&mut self, whole: Units, from: i128, to: i128) -> Units {
        let thousandths = self.chance.between(from, to);
        share(whole, thousandths, self.exactness).max(CENT)
    }

    fn money(&mut self, key: &str, exact: Units) {
        let figure = printed(self.chance, exact);
        self.exact.insert(key.to_owned(), exact);
        self.figures.insert(key.to_owned(), figure);
    }

    fn put(&mut self, key: &str, value: Units) {
        self.figures.insert(key.to_owned(), plain(value));
    }

    fn put_rounded(&mut self, key: &str, value: Units) {
        let figure = printed(self.chance, value);
        self.figures.insert(key.to_owned(), figure);
    }
}

/// Every figure of a filing, by its cell.
pub fn draw(chance: &mut Chance, points: &[(String, Vec<String>)]) -> BTreeMap<String, Figure> {
    let exactness = Exactness::draw(chance);
    let mut draft = Draft { chance, exactness, exact: BTreeMap::new(), figures: BTreeMap::new() };
    let (goods, projects) = spending(&mut draft);
    years(&mut draft, goods, projects);
    people(&mut draft);
    scores(&mut draft, points);
    draft.figures
}

/// What was spent and where it came from. Gives back the running costs and the general projects.
fn spending(draft: &mut Draft<'_>) -> (Units, Units) {
    let openings = [draft.amount(15_000), draft.amount(8_000), draft.amount(100)];
    for (id, value) in ["r19", "r20", "r21"].into_iter().zip(openings) {
        draft.money(&format!("openings.{id}.amount"), value);
    }
    let opened: Units = openings.iter().sum();
    let up = draft.part(opened, 20, 400);
    let project = opened + up;
    draft.money("pooled.up.amount", up);
    draft.put("pooled.left.amount", 0);
    let (fund, capital) = (draft.amount(1_600), draft.amount(2_800));
    let (wages, goods) = (draft.amount(25_000), draft.amount(3_500));
    let basic = wages + goods;
    let general = basic + project;
    let total = general + fund + capital;
    for (key, value) in [
        ("pooled.spent", project),
        ("report_lines.r18", project),
        ("general.project", project),
        ("general.basic", basic),
        ("general.personnel", wages),
        ("general.spending", general),
        ("general.income", general),
        ("income.general", general),
        ("income.fund", fund),
        ("income.other", capital),
        ("income.total", total),
        ("fund.income", fund),
        ("fund.project", fund),
        ("fund.spending", fund),
        ("capital.income", capital),
        ("capital.project", capital),
        ("capital.spending", capital),
        ("economic.wages", wages),
        ("economic.goods", goods),
        ("use.basic", basic),
        ("use.project", project + fund + capital),
        ("use.total", total),
    ] {
        draft.money(&format!("{key}.amount"), value);
    }
    for fund in ["fund", "capital"] {
        for row in ["basic", "carried_in", "carried_out"] {
            draft.put(&format!("{fund}.{row}.amount"), 0);
        }
    }
    draft.money("totals.all.adjusted", total);
    draft.money("totals.all.executed", total);
    draft.put("totals.all.rate", 100 * UNIT);
    draft.money("funds.operations.final", fund + capital);
    draft.money("funds.r2.final", project);
    draft.money("funds.projects.final", project + fund + capital);
    draft.money("funds.basic_adjustment.final", basic);
    (goods, opened)
}

/// The first table: last year, the budget, this year.
fn years(draft: &mut Draft<'_>, goods: Units, opened: Units) {
    let public = [draft.like(goods), draft.like(goods), goods];
    for (column, public) in ["prior", "budget", "final"].into_iter().zip(public) {
        let office = draft.part(public, 100, 350);
        let utilities = draft.part(public, 30, 200);
        let reception = draft.part(public, 5, 60);
        draft.money(&format!("funds.public.{column}"), public);
        draft.money(&format!("funds.office.{column}"), office);
        draft.money(&format!("funds.utilities_travel.{column}"), utilities);
        draft.money(&format!("funds.reception.{column}"), reception);
        draft.money(&format!("funds.three_public.{column}"), reception);
    }
    let before = draft.like(opened);
    for row in ["r2", "projects"] {
        draft.money(&format!("funds.{row}.prior"), before);
        draft.money(&format!("funds.{row}.budget"), opened);
    }
    let others = draft.amount(20_000);
    let basic = public[1] + others;
    draft.money("funds.basic_adjustment.budget", basic);
    draft.money("totals.all.opening", basic + opened);
    let procured = draft.part(opened, 100, 900);
    draft.money("funds.procurement.budget", procured);
    draft.money("funds.procurement.final", procured);
}

fn people(draft: &mut Draft<'_>) {
    let quota = draft.chance.between(8, 60);
    let actual = draft.chance.between(quota * 7 / 10, quota);
    let hired = draft.chance.between(1, 12);
    draft.put("staff.all.quota", quota * UNIT);
    draft.put("staff.all.actual", actual * UNIT);
    draft.put("people.hired.count", hired * UNIT);
    draft.put("people.total.count", (actual + hired) * UNIT);
    draft.put_rounded("staff.all.rate", to_step(100 * UNIT * actual / quota, CENT));
    let satisfied = draft.chance.between(7_000, 9_800);
    let basically = draft.chance.between(0, 10_000 - satisfied);
    let step = if draft.chance.percent(50) { 100 } else { 1 };
    let (satisfied, basically) = (satisfied / step * step, basically / step * step);
    draft.put_rounded("opinions.satisfied.share", satisfied * CENT);
    draft.put_rounded("opinions.basically.share", basically * CENT);
    draft.put_rounded("opinions.unsatisfied.share", (10_000 - satisfied - basically) * CENT);
}

/// A hundred points: the headings as printed, their rows in halves; one row has lost some.
fn scores(draft: &mut Draft<'_>, points: &[(String, Vec<String>)]) {
    draft.put("totals.all.weight", 10 * UNIT);
    draft.put("totals.all.score", 10 * UNIT);
    let mut total = 10 * UNIT;
    for (heading, rows) in points {
        let whole = match heading.as_str() {
            "output" => 80,
            "satisfaction" => 20,
            _ => 40,
        };
        draft.put(&format!("indicators.{heading}.weight"), whole * UNIT / 2);
        let mut rest = whole;
        for (at, row) in rows.iter().enumerate() {
            let others = i128::try_from(rows.len() - at - 1).unwrap_or_default();
            let most = (rest - 4 * others).max(1);
            let halves = if others == 0 { rest } else { draft.chance.between(2.min(most), most.min(2 * whole / 5)) };
            rest -= halves;
            let weight = halves * UNIT / 2;
            let lost = if row == "r15" { draft.chance.between(1, 10) * UNIT / 2 } else { 0 };
            draft.put(&format!("indicators.{row}.weight"), weight);
            draft.put(&format!("indicators.{row}.score"), weight - lost);
            total += weight - lost;
        }
    }
    draft.put("indicators.total.weight", 100 * UNIT);
    draft.put("indicators.total.score", total);
}
