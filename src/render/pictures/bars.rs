//! The bars of the pictures, in the width of a phone: names above, figures at their ends.

use rust_decimal::Decimal;

use crate::engine::picture::{Pair, Share, Shown, Stack};
use crate::render::pictures::Draw;
use crate::render::svg::{Anchor, Box, Svg, fit, hatch, length, link, path, rect, text, width_of};
use crate::words::explain::short;
use crate::words::{Words, pictures as said};

const WIDTH: i32 = 360;
const LETTERS: i32 = 12;
/// The longest bar leaves room for the figure at its end.
const LONGEST: i32 = 250;
const THICK: i32 = 12;
/// Circled numbers, which name the parts of a bar in the list below it.
const NUMBERS: [&str; 10] = ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩"];

impl Draw<'_> {
    /// Wholes one under another, on one scale, each with its parts listed below.
    pub(super) fn stacks(&self, stacks: &[Stack]) -> String {
        let mut svg = Svg::default();
        let sum = |stack: &Stack| {
            stack.parts.iter().filter_map(|part| part.value).fold(Decimal::ZERO, Decimal::saturating_add)
        };
        let most = stacks.iter().flat_map(|stack| [sum(stack), stack.total.value.unwrap_or_default()]).max();
        let most = most.unwrap_or_default();
        let mut y = 4;
        for stack in stacks {
            let value = self.value(&stack.total);
            let name = self.name(&stack.total.key);
            let head =
                text(0, y + 12, "name", Anchor::Start, &fit(&name, WIDTH - width_of(&value, LETTERS) - 12, LETTERS))
                    + &text(WIDTH, y + 12, "figure", Anchor::End, &value);
            svg.push(&link(&stack.total.key, &[&name, " ", &value].concat(), &head));
            y += 18;
            // What the whole is, as a frame that its parts should fill.
            if let Some(total) = stack.total.value {
                svg.push(&rect(Box { x: 0, y, width: length(total, most, WIDTH), height: 22 }, "frame"));
            }
            let mut x = 0;
            for (at, part) in stack.parts.iter().enumerate() {
                let Some(value) = part.value else { continue };
                let bar = Box { x, y, width: length(value, most, WIDTH).min(WIDTH - x), height: 22 };
                let mut drawn = rect(bar, ["bar", "bar is-light", "bar is-hollow", "bar is-light"][at % 4]);
                if at % 4 >= 2 {
                    drawn += &hatch(bar, "hatch");
                }
                if bar.width >= 14 {
                    drawn += &text(
                        x + bar.width / 2 - 6,
                        y + 15,
                        ["in-bar is-over", "in-bar"][(at % 4).min(1)],
                        Anchor::Start,
                        number(at),
                    );
                }
                svg.push(&link(&part.key, &self.told(part, stack), &drawn));
                x += bar.width;
            }
            y += 28;
            for (at, part) in stack.parts.iter().enumerate() {
                let said = [self.value(part), self.share(part, stack)].join(" ");
                let name = [number(at), " ", &self.row(&part.key)].concat();
                let drawn = rect(Box { x: 0, y, width: WIDTH, height: 24 }, "hit")
                    + &text(
                        0,
                        y + 16,
                        "name",
                        Anchor::Start,
                        &fit(&name, WIDTH - width_of(&said, LETTERS) - 12, LETTERS),
                    )
                    + &text(WIDTH, y + 16, "figure", Anchor::End, said.trim());
                svg.push(&link(&part.key, &self.told(part, stack), &drawn));
                y += 24;
            }
            if let Some(rest) = stack.rest {
                svg.push(&text(0, y + 14, "is-problem", Anchor::Start, &self.rest(rest, &stack.total.key)));
                y += 20;
            }
            y += 12;
        }
        svg.finish("picture", WIDTH, y, self.words(said::FUNDS))
    }

    fn told(&self, part: &Shown, stack: &Stack) -> String {
        [self.name(&part.key), self.value(part), self.share(part, stack)].join(" ").trim_end().to_owned()
    }

    /// Two bars a row, the first hollow, the second full.
    pub(super) fn paired(&self, pairs: &[Pair], title: Words, [first, second, _]: [Words; 3]) -> String {
        let mut svg = Svg::default();
        let is_change = title == said::YEARS;
        let values = pairs.iter().flat_map(|pair| [pair.first.value, pair.second.value]).flatten();
        let most = values.max().unwrap_or_default();
        // Which bar is which.
        let mut x = 0;
        for (words, class) in [(first, "bar is-hollow"), (second, "bar")] {
            svg.push(&rect(Box { x, y: 4, width: 22, height: THICK }, class));
            svg.push(&text(x + 28, 15, "name", Anchor::Start, self.words(words)));
            x += 44 + width_of(self.words(words), LETTERS);
        }
        let mut y = 26;
        for pair in pairs {
            let percent = pair.percent.map(|share| self.percent(share, is_change)).unwrap_or_default();
            let name = fit(&self.row(&pair.first.key), WIDTH - width_of(&percent, LETTERS) - 12, LETTERS);
            svg.push(&text(0, y + 13, "name", Anchor::Start, &name));
            svg.push(&text(WIDTH, y + 13, "share", Anchor::End, &percent));
            y += 18;
            for (shown, class) in [(&pair.first, "bar is-hollow"), (&pair.second, "bar")] {
                svg.push(&self.bar(shown, most, class, y));
                y += THICK + 3;
            }
            y += 10;
        }
        svg.finish("picture", WIDTH, y, self.words(title))
    }

    fn bar(&self, shown: &Shown, most: Decimal, class: &str, y: i32) -> String {
        let value = self.value(shown);
        let (drawn, end) = match shown.value {
            Some(figure) => {
                let bar = Box { x: 0, y, width: length(figure, most, LONGEST), height: THICK };
                (rect(bar, class), bar.width)
            }
            // A blank is a place without a bar.
            None => (path(&[(0, y + THICK / 2), (20, y + THICK / 2)], "no-bar"), 20),
        };
        let drawn = drawn + &text(end + 6, y + 10, "figure", Anchor::Start, &value);
        link(&shown.key, &[&self.name(&shown.key), " ", &value].concat(), &drawn)
    }

    /// What is there of the whole, in a frame.
    pub(super) fn shares(&self, shares: &[Share], title: Words) -> String {
        let mut svg = Svg::default();
        let mut y = 4;
        for share in shares {
            let (part, whole) = (share.part.unwrap_or_default(), share.whole.unwrap_or_default());
            let said = share.part.map_or_else(|| self.words(said::BLANK).to_owned(), short);
            let said = [said, share.whole.map(short).unwrap_or_default()].join(" / ");
            let name = fit(&share.name, WIDTH - width_of(&said, LETTERS) - 12, LETTERS);
            let mut drawn = rect(Box { x: 0, y, width: WIDTH, height: 32 }, "hit");
            drawn += &text(0, y + 13, "name", Anchor::Start, &name);
            drawn += &text(WIDTH, y + 13, "figure", Anchor::End, &said);
            drawn += &rect(Box { x: 0, y: y + 18, width: length(part, whole, WIDTH), height: THICK }, "bar");
            drawn += &rect(Box { x: 0, y: y + 18, width: WIDTH, height: THICK }, "frame");
            svg.push(&link(&share.key, &[&share.name, " ", &said].concat(), &drawn));
            y += 38;
        }
        svg.finish("picture", WIDTH, y, self.words(title))
    }
}

fn number(at: usize) -> &'static str {
    NUMBERS.get(at).copied().unwrap_or_default()
}
