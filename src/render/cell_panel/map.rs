//! 勾稽关系图: the cell, and below it each relation as a box with its cells. How it stands, a mark and the line say, not
//! the colour alone. What it shows, the calculations below it say too.

use rust_decimal::Decimal;

use crate::engine::finding::Part;
use crate::engine::relation::State;
use crate::engine::ties::{Sign, Tie};
use crate::render::calculation::comparison;
use crate::render::cell_panel::Panel;
use crate::render::svg::{Anchor, Box, Svg, fit, group, link, path, rect, text, width_of};
use crate::words::about;
use crate::words::explain::percent;

const WIDTH: i32 = 340;
/// Where the trunk stands, and where boxes begin.
const TRUNK: i32 = 9;
const LEFT: i32 = 24;
/// High enough for a finger.
const ROW: i32 = 24;
const LETTERS: i32 = 12;
/// A box with more cells counts the rest.
const MOST_CELLS: usize = 7;

impl Panel<'_> {
    /// The ties as boxes one under another; `left_out` are more of them.
    pub(super) fn map(&self, ties: &[&Tie], left_out: usize) -> String {
        let mut svg = Svg::default();
        let name = self.layout.label(self.key);
        let value = self.shown(self.key, self.figures.value(self.key));
        svg.push(&rect(Box { x: 1, y: 1, width: WIDTH - 2, height: 28 }, "node is-here"));
        let room = WIDTH - 24 - width_of(&value, LETTERS);
        svg.push(&text(10, 20, "name", Anchor::Start, &fit(&name, room, LETTERS + 1)));
        svg.push(&text(WIDTH - 10, 20, "figure", Anchor::End, &value));
        let (mut y, mut last) = (42, 30);
        for tie in ties {
            last = y + 14;
            y = self.tie(&mut svg, tie, y) + 10;
        }
        svg.push(&path(&[(TRUNK, 29), (TRUNK, last)], "trunk"));
        if left_out > 0 {
            let more = self.speaker.say(about::MORE_TIES, &[("count", left_out.to_string())]);
            svg.push(&text(LEFT, y + 10, "more", Anchor::Start, &more));
            y += 20;
        }
        let label = self.speaker.say(about::MAP_OF, &[("cell", name)]);
        svg.finish("map", WIDTH, y, &label)
    }

    /// Draws one box from `y` on and tells where it ends.
    fn tie(&self, svg: &mut Svg, tie: &Tie, y: i32) -> i32 {
        let (class, mark, state) = self.calculation.standing(tie);
        let terms = self.calculation.terms(tie);
        let shown = terms.len().min(MOST_CELLS);
        let left_out = terms.len() - shown;
        let has_bare = !tie.bare.is_zero();
        let rows = i32::try_from(shown + usize::from(has_bare) + usize::from(left_out > 0)).unwrap_or_default();
        let height = 44 + rows * ROW + 4;
        let first = tie.left.first().map_or(self.key, |part| part.cell.as_str());
        let mut drawn = path(&[(TRUNK, y + 14), (LEFT, y + 14)], "spoke");
        drawn += &rect(Box { x: LEFT, y, width: WIDTH - LEFT - 1, height }, "node");
        let head = [mark, " ", &tie.code, " ", state].concat();
        drawn += &text(LEFT + 8, y + 18, "state", Anchor::Start, &head);
        // Of an inequality it is the room that is left, and what a blank may still fill is none.
        let differs =
            matches!(tie.state, State::Violated | State::Rounding) && matches!(tie.sign, Sign::Equal | Sign::Rate);
        let difference = tie.difference.filter(|gap| differs && !gap.is_zero());
        let gap = difference.map(|gap| [self.words(about::DIFFERENCE), " ", &self.speaker.figure(first, gap)].concat());
        let change = tie.computed.filter(|_| tie.sign == Sign::Change);
        let change = change.map(|share| [self.words(about::CHANGE), " ", &percent(share), "%"].concat());
        if let Some(said) = gap.or(change) {
            drawn += &text(WIDTH - 10, y + 18, "state", Anchor::End, &said);
        }
        let name = fit(&self.calculation.name(tie), WIDTH - LEFT - 18, LETTERS);
        drawn += &text(LEFT + 8, y + 36, "what", Anchor::Start, &name);
        let mut row = y + 44;
        for (sign, part) in terms.iter().take(shown) {
            drawn += &self.cell(sign, part, row);
            row += ROW;
        }
        if has_bare {
            drawn += &text(LEFT + 10, row + 16, "sign", Anchor::Start, comparison(tie.sign));
            drawn += &text(WIDTH - 10, row + 16, "figure", Anchor::End, &self.speaker.figure(first, tie.bare));
            row += ROW;
        }
        if left_out > 0 {
            let more = self.speaker.say(about::MORE_CELLS, &[("count", left_out.to_string())]);
            drawn += &text(LEFT + 32, row + 16, "more", Anchor::Start, &more);
        }
        svg.push(&group(class, &drawn));
        y + height
    }

    /// A line of a box: sign, name, figure; it leads to its cell.
    fn cell(&self, sign: &str, part: &Part, y: i32) -> String {
        let is_here = part.cell == self.key;
        let value = self.shown(&part.cell, part.value);
        let room = WIDTH - LEFT - 52 - width_of(&value, LETTERS);
        let name = if is_here { self.words(about::HERE).to_owned() } else { self.near_name(&part.cell) };
        let class = if is_here { "name is-here" } else { "name" };
        let drawn = [
            rect(Box { x: LEFT + 4, y, width: WIDTH - LEFT - 9, height: ROW }, "hit"),
            text(LEFT + 10, y + 16, "sign", Anchor::Start, sign),
            text(LEFT + 32, y + 16, class, Anchor::Start, &fit(&name, room, LETTERS)),
            text(WIDTH - 10, y + 16, "figure", Anchor::End, &value),
        ];
        link(&part.cell, &[sign, &self.speaker.name(&part.cell), " ", &value].concat(), &drawn.concat())
    }

    /// The row alone where the cell stands in the same block and column.
    fn near_name(&self, key: &str) -> String {
        let here = self.field();
        match self.layout.find(key).map(|at| self.layout.field(at)) {
            Some(other) if other.block.id == here.block.id && other.column.id == here.column.id => {
                self.layout.row_label(other)
            }
            _ => self.speaker.name(key),
        }
    }

    fn shown(&self, key: &str, value: Option<Decimal>) -> String {
        value.map_or_else(|| self.words(about::BLANK).to_owned(), |value| self.speaker.figure(key, value))
    }
}
