//! What the pictures (图表) of a filing show, as figures: which cells they take, the template says. A blank stays a blank.

use rust_decimal::Decimal;

use crate::engine::figures::Figures;
use crate::engine::layout::{Field, FieldIndex, Layout};
use crate::engine::relation::{half_up, share};
use crate::engine::template::spec::{BlockSpec, PictureKind, Place, ScoringSpec};

/// One picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// Wholes with their parts: 资金按来源、按使用.
    Funds(Vec<Stack>),
    /// What was planned, what was spent, and the second as a share of the first.
    Spending(Vec<Pair>),
    /// Last year, this year, and the change.
    Years(Vec<Pair>),
    /// Points by part of the form, the whole last.
    Points(Vec<Share>),
    /// Cells filled of all cells, by section.
    Progress(Vec<Share>),
}

/// A cell with its figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub key: String,
    /// What is entered; none for a blank and for what cannot be read.
    pub value: Option<Decimal>,
}

/// A whole and its parts, as they are entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    pub total: Shown,
    pub parts: Vec<Shown>,
    /// What the parts leave of the whole, or have too much (below zero); none where they agree or nothing is known.
    pub rest: Option<Decimal>,
}

/// A row in two columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub first: Shown,
    pub second: Shown,
    /// Of [`Picture::Spending`] second ÷ first, of [`Picture::Years`] the change, in percent with two decimals.
    pub percent: Option<Decimal>,
}

/// So much of so much.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The cell to go to.
    pub key: String,
    pub name: String,
    pub part: Option<Decimal>,
    pub whole: Option<Decimal>,
    /// So many figures of it are still missing.
    pub missing: usize,
}

/// The pictures of a filing: those of its template, then what every form has.
pub fn pictures(figures: &Figures<'_>) -> Vec<Picture> {
    let template = figures.template();
    let mut pictures: Vec<Picture> = template.spec().pictures.iter().map(|kind| declared(figures, kind)).collect();
    if let Some(scoring) = template.scoring() {
        pictures.push(Picture::Points(points(figures, scoring)));
    }
    pictures.push(Picture::Progress(progress(figures.layout())));
    pictures.retain(|picture| !picture.is_empty());
    pictures
}

impl Picture {
    /// Nothing is entered that it could show.
    fn is_empty(&self) -> bool {
        match self {
            Self::Funds(stacks) => stacks
                .iter()
                .all(|stack| stack.total.value.is_none() && stack.parts.iter().all(|part| part.value.is_none())),
            Self::Spending(pairs) | Self::Years(pairs) => pairs.is_empty(),
            Self::Points(shares) | Self::Progress(shares) => shares.is_empty(),
        }
    }
}

fn declared(figures: &Figures<'_>, kind: &PictureKind) -> Picture {
    match kind {
        PictureKind::Funds { bars } => {
            Picture::Funds(bars.iter().map(|bar| stack(figures, &bar.total, &bar.parts)).collect())
        }
        PictureKind::Spending { block, budget, spent, rows, groups } => {
            let mut pairs = pairs(figures, block, [budget, spent], rows, groups);
            pairs.retain(|pair| pair.first.value.is_some() || pair.second.value.is_some());
            for pair in &mut pairs {
                pair.percent = percent(pair.second.value, pair.first.value);
            }
            Picture::Spending(pairs)
        }
        PictureKind::Years { block, before, now, rows, groups } => {
            let mut pairs = pairs(figures, block, [before, now], rows, groups);
            // A year that is not there is no year of nothing.
            pairs.retain(|pair| pair.first.value.is_some() && pair.second.value.is_some());
            for pair in &mut pairs {
                let rise = pair.second.value.zip(pair.first.value).and_then(|(now, before)| now.checked_sub(before));
                pair.percent = percent(rise, pair.first.value);
            }
            Picture::Years(pairs)
        }
    }
}

fn percent(part: Option<Decimal>, whole: Option<Decimal>) -> Option<Decimal> {
    let (part, whole) = part.zip(whole).filter(|(_, whole)| *whole > Decimal::ZERO)?;
    Some(half_up(share(part, whole)?, 2))
}

fn stack(figures: &Figures<'_>, total: &str, parts: &[String]) -> Stack {
    let total = shown(figures, total);
    let parts: Vec<Shown> = parts.iter().map(|key| shown(figures, key)).collect();
    let sum = parts.iter().filter_map(|part| part.value).try_fold(Decimal::ZERO, Decimal::checked_add);
    let is_any = parts.iter().any(|part| part.value.is_some());
    let half = parts.iter().chain([&total]).map(|cell| figures.half(&cell.key)).sum::<Decimal>();
    let rest = total.value.zip(sum).and_then(|(total, sum)| total.checked_sub(sum));
    // Less than rounding explains is no rest.
    let rest = rest.filter(|rest| is_any && !rest.is_zero() && rest.abs() >= half);
    Stack { total, parts, rest: rest.map(|rest| rest.normalize()) }
}

fn pairs(figures: &Figures<'_>, block: &str, columns: [&str; 2], rows: &[String], groups: &[String]) -> Vec<Pair> {
    let layout = figures.layout();
    let Some(block) = layout.template.block(block) else { return Vec::new() };
    let mut pairs = Vec::new();
    // In the order of the form, so that rows that were added stand where they do there.
    for row in &block.rows {
        let added = row.group.iter().filter(|group| groups.contains(group));
        let added = added.filter_map(|group| layout.submission.groups.get(group)).flatten().map(|row| row.id.as_str());
        for id in row.id.as_deref().filter(|id| rows.iter().any(|row| row == id)).into_iter().chain(added) {
            let [first, second] = columns.map(|column| layout.cell(&block.id, id, column));
            if let (Some(first), Some(second)) = (first, second) {
                pairs.push(Pair { first: shown_at(figures, first), second: shown_at(figures, second), percent: None });
            }
        }
    }
    pairs
}

fn shown(figures: &Figures<'_>, key: &str) -> Shown {
    Shown { key: key.to_owned(), value: figures.value(key).map(|value| value.normalize()) }
}

fn shown_at(figures: &Figures<'_>, at: FieldIndex) -> Shown {
    Shown { key: figures.layout().field(at).key.clone(), value: figures.value_at(at).map(|value| value.normalize()) }
}

/// The points of the execution row and of each 一级 with what its rows earned, and of the whole.
fn points(figures: &Figures<'_>, scoring: &ScoringSpec) -> Vec<Share> {
    let layout = figures.layout();
    let Some(block) = layout.template.block(&scoring.block) else { return Vec::new() };
    let mut shares = vec![entered(figures, &scoring.execution_score, &scoring.execution_weight)];
    for row in &block.rows {
        let Some(id) = &row.id else { continue };
        let groups: Vec<&String> = block
            .rows
            .iter()
            .filter(|group| group.under.as_ref() == Some(id))
            .filter_map(|row| row.group.as_ref())
            .collect();
        if groups.is_empty() {
            continue;
        }
        let mut earned =
            Share { missing: 0, ..entered(figures, "", &[&block.id, ".", id, ".", &scoring.weight].concat()) };
        let mut weights: Option<Decimal> = None;
        for added in groups.iter().filter_map(|group| layout.submission.groups.get(*group)).flatten() {
            let of = |column: &str| figures.value(&[&block.id, ".", &added.id, ".", column].concat());
            let (weight, score) = (of(&scoring.weight), of(&scoring.score));
            weights = sum(weights, weight);
            earned.part = sum(earned.part, score);
            earned.missing += usize::from(weight.is_some() && score.is_none());
        }
        earned.whole = earned.whole.or(weights);
        shares.push(earned);
    }
    shares.push(entered(figures, &scoring.total_score, &scoring.total_weight));
    shares.retain(|share| share.whole.is_some() || share.part.is_some());
    shares
}

fn sum(sum: Option<Decimal>, value: Option<Decimal>) -> Option<Decimal> {
    match (sum, value) {
        (Some(sum), Some(value)) => sum.checked_add(value),
        (sum, value) => sum.or(value),
    }
}

/// A score as it is entered beside its points.
fn entered(figures: &Figures<'_>, score: &str, weight: &str) -> Share {
    let layout = figures.layout();
    let (part, whole) = (figures.value(score), figures.value(weight));
    let key = if score.is_empty() { weight } else { score };
    Share {
        key: key.to_owned(),
        name: layout.find(key).map(|at| layout.row_label(layout.field(at))).unwrap_or_default(),
        missing: usize::from(whole.is_some() && part.is_none()),
        part,
        whole,
    }
}

/// How much of each section is filled. What the form prints is not to be filled.
fn progress(layout: &Layout<'_>) -> Vec<Share> {
    let mut shares = Vec::new();
    for sheet in &layout.template.spec().sheets {
        for block in layout.template.spec().blocks.iter().filter(|block| block.sheet == sheet.id) {
            let cells: Vec<&Field<'_>> =
                layout.block_fields(&block.id).filter(|field| field.fixed().is_none()).collect();
            let is_filled = |field: &&&Field<'_>| !layout.submission.text(&field.key).trim().is_empty();
            let Some(first) = cells.iter().find(|field| !is_filled(field)).or(cells.first()) else { continue };
            let filled = cells.iter().filter(is_filled).count();
            shares.push(Share {
                key: first.key.clone(),
                name: [sheet.tab.as_str(), &section(layout, block)].join(" "),
                part: Some(Decimal::from(filled)),
                whole: Some(Decimal::from(cells.len())),
                missing: cells.len() - filled,
            });
        }
    }
    shares
}

/// What a section is called: its title, or its first row where it has none.
fn section(layout: &Layout<'_>, block: &BlockSpec) -> String {
    let title = layout.heading(&block.title);
    if !title.is_empty() && block.place != Place::Joined {
        return title;
    }
    layout.block_fields(&block.id).next().map(|field| layout.row_label(field)).unwrap_or_default()
}
