//! What a page of a PDF draws: letters at their places, and the straight lines that tables are ruled with.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::exchange::office::open::Refusal;
use crate::exchange::office::pdf::font::{Font, dictionary};

/// Bytes that all streams read may unpack to, and that one may.
const LARGEST_WHOLE: usize = 128 * 1024 * 1024;
pub(super) const LARGEST_STREAM: usize = 16 * 1024 * 1024;
/// Operators and letters that are read of a file.
const MOST_STEPS: usize = 2_000_000;
/// A font costs as many.
const STEPS_OF_FONT: usize = 1_000;
/// Lines of one page; what is beyond is a drawing and no table.
const MOST_RULES: usize = 2_000;
/// Lines of all pages: each page compares its own with each other.
const MOST_RULES_OF_ALL: usize = 100_000;
/// Drawings within drawings.
const DEEPEST: usize = 4;
/// A drawn line is no thicker, in points.
const THICKEST: f64 = 3.0;

/// A letter, in points from the left and the bottom of its page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub c: char,
    pub from: f64,
    pub to: f64,
    pub y: f64,
    pub size: f64,
}

/// A straight line, and the letters of the page beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub is_level: bool,
    /// The height of a level line, the distance of an upright one.
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub letters: Vec<Letter>,
    pub rules: Vec<Rule>,
}

/// Pages of a document being read, with what may still be read of it.
pub(super) struct Drawings<'d> {
    pdf: &'d Document,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    bytes_left: usize,
    steps_left: usize,
    rules_left: usize,
    /// Letters whose font does not say what they are.
    pub unknown: usize,
    page: Page,
}

/// Scale, turn and place: x = a·x + c·y + e, y = b·x + d·y + f.
type Matrix = [f64; 6];
const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `first`, then `then`.
fn product(first: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let turned = |x: f64, y: f64| (x * then[0] + y * then[2], x * then[1] + y * then[3]);
    let ((a, b), (c, d), (e, f)) = (turned(a, b), turned(c, d), turned(e, f));
    [a, b, c, d, e + then[4], f + then[5]]
}

fn place(matrix: Matrix, x: f64, y: f64) -> (f64, f64) {
    let [.., x, y] = product([1.0, 0.0, 0.0, 1.0, x, y], matrix);
    (x, y)
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between_letters: f64,
    between_words: f64,
    /// In hundredths.
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl<'d> Drawings<'d> {
    pub fn of(pdf: &'d Document) -> Self {
        Self {
            pdf,
            fonts: BTreeMap::new(),
            bytes_left: LARGEST_WHOLE,
            steps_left: MOST_STEPS,
            rules_left: MOST_RULES_OF_ALL,
            unknown: 0,
            page: Page::default(),
        }
    }

    pub fn page(&mut self, id: ObjectId) -> Result<Page, Refusal> {
        let page = self.pdf.get_dictionary(id).map_err(|_| Refusal::Damaged)?;
        let content = self.pdf.get_page_content_with_limit(id, LARGEST_STREAM.min(self.bytes_left));
        let content = content.map_err(refusal)?;
        self.bytes_left -= content.len().min(self.bytes_left);
        let turn = inherited(page, b"Rotate", self.pdf).and_then(|turn| turn.as_i64().ok()).unwrap_or_default();
        let matrix = match turn.rem_euclid(360) {
            90 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            180 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            270 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            _ => UNIT,
        };
        let resources = inherited(page, b"Resources", self.pdf).and_then(|found| found.as_dict().ok());
        self.content(&content, resources, matrix, 0)?;
        Ok(std::mem::take(&mut self.page))
    }

    fn unpack(&mut self, stream: &Stream) -> Result<Vec<u8>, Refusal> {
        let bytes = stream.get_plain_content_with_limit(LARGEST_STREAM.min(self.bytes_left)).map_err(refusal)?;
        self.bytes_left -= bytes.len().min(self.bytes_left);
        Ok(bytes)
    }

    fn content(
        &mut self,
        content: &[u8],
        resources: Option<&'d Dictionary>,
        matrix: Matrix,
        depth: usize,
    ) -> Result<(), Refusal> {
        let plain = State {
            matrix,
            font: None,
            size: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 100.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut drawing = Drawing { state: plain, kept: Vec::new(), text: UNIT, line: UNIT, path: Path::default() };
        let mut fonts: BTreeMap<Vec<u8>, Rc<Font>> = BTreeMap::new();
        for step in Content::decode_iter(content) {
            let Operation { operator, operands } = step.map_err(|_| Refusal::Damaged)?;
            self.step(1)?;
            match (operator.as_str(), operands.as_slice()) {
                ("Tf", [Object::Name(name), size]) => {
                    drawing.state.size = f64::from(size.as_float().unwrap_or_default());
                    let known = fonts.get(name).cloned();
                    drawing.state.font = match known {
                        Some(font) => Some(font),
                        None => self.font(resources, name)?,
                    };
                    fonts.extend(drawing.state.font.clone().map(|font| (name.clone(), font)));
                }
                ("Do", [Object::Name(name)]) if depth < DEEPEST => {
                    let Some(form) = form(resources, name, self.pdf) else { continue };
                    let bytes = self.unpack(form)?;
                    let own = form.dict.get_deref(b"Resources", self.pdf).and_then(Object::as_dict).ok();
                    let placed = form.dict.get_deref(b"Matrix", self.pdf).and_then(Object::as_array);
                    let placed = placed.ok().and_then(|list| numbers::<6>(list)).unwrap_or(UNIT);
                    self.content(&bytes, own.or(resources), product(placed, drawing.state.matrix), depth + 1)?;
                }
                ("TJ", [Object::Array(pieces)]) => {
                    for piece in pieces {
                        match piece {
                            Object::String(bytes, _) => drawing.show(bytes, self)?,
                            piece => drawing.shift(f64::from(piece.as_float().unwrap_or_default())),
                        }
                    }
                }
                ("Tj", [Object::String(bytes, _)]) => drawing.show(bytes, self)?,
                ("'", [Object::String(bytes, _)]) => {
                    drawing.next_line();
                    drawing.show(bytes, self)?;
                }
                ("\"", [words, letters, Object::String(bytes, _)]) => {
                    drawing.state.between_words = f64::from(words.as_float().unwrap_or_default());
                    drawing.state.between_letters = f64::from(letters.as_float().unwrap_or_default());
                    drawing.next_line();
                    drawing.show(bytes, self)?;
                }
                ("S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "n", _) => {
                    let path = std::mem::take(&mut drawing.path);
                    let mut rules = path.rules(&operator);
                    rules.truncate(MOST_RULES.saturating_sub(self.page.rules.len()).min(self.rules_left));
                    self.rules_left -= rules.len();
                    self.page.rules.append(&mut rules);
                }
                (operator, operands) => drawing.set(operator, operands),
            }
        }
        Ok(())
    }

    fn step(&mut self, steps: usize) -> Result<(), Refusal> {
        self.steps_left = self.steps_left.checked_sub(steps).ok_or(Refusal::UnpacksTooLarge)?;
        Ok(())
    }

    fn font(&mut self, resources: Option<&'d Dictionary>, name: &[u8]) -> Result<Option<Rc<Font>>, Refusal> {
        let fonts = resources.and_then(|resources| dictionary(resources.get(b"Font").ok()?, self.pdf));
        let Some(found) = fonts.and_then(|fonts| fonts.get(name).ok()) else { return Ok(None) };
        let id = found.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Ok(Some(known.clone()));
        }
        let Some(font) = dictionary(found, self.pdf) else { return Ok(None) };
        self.step(STEPS_OF_FONT)?;
        let pdf = self.pdf;
        let font = Rc::new(Font::of(font, pdf, |stream| self.unpack(stream))?);
        self.fonts.extend(id.map(|id| (id, font.clone())));
        Ok(Some(font))
    }
}

/// Why a stream cannot be unpacked.
fn refusal(error: lopdf::Error) -> Refusal {
    match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Refusal::UnpacksTooLarge,
        _ => Refusal::Damaged,
    }
}

/// What a page says, or the nearest of those above it that says it.
fn inherited<'d>(page: &'d Dictionary, key: &[u8], pdf: &'d Document) -> Option<&'d Object> {
    let above = |node: &&'d Dictionary| node.get_deref(b"Parent", pdf).and_then(Object::as_dict).ok();
    std::iter::successors(Some(page), above).take(64).find_map(|node| node.get_deref(key, pdf).ok())
}

fn form<'d>(resources: Option<&'d Dictionary>, name: &[u8], pdf: &'d Document) -> Option<&'d Stream> {
    let forms = dictionary(resources?.get(b"XObject").ok()?, pdf)?;
    let form = forms.get_deref(name, pdf).ok()?.as_stream().ok()?;
    form.dict.get(b"Subtype").ok()?.as_name().is_ok_and(|kind| kind == b"Form").then_some(form)
}

fn numbers<const COUNT: usize>(operands: &[Object]) -> Option<[f64; COUNT]> {
    let numbers: Option<Vec<f64>> = operands.iter().map(|operand| operand.as_float().ok().map(f64::from)).collect();
    numbers?.try_into().ok()
}

/// A content being drawn.
struct Drawing {
    state: State,
    kept: Vec<State>,
    /// Where the next letter stands, and where its line began.
    text: Matrix,
    line: Matrix,
    path: Path,
}

/// As many states may be kept; files keep a few.
const MOST_KEPT: usize = 256;

impl Drawing {
    /// Operators that only set what others use.
    fn set(&mut self, operator: &str, operands: &[Object]) {
        let one = || numbers::<1>(operands).map(|[number]| number);
        match operator {
            "q" if self.kept.len() < MOST_KEPT => self.kept.push(self.state.clone()),
            "Q" => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            "cm" => {
                let matrix = numbers::<6>(operands).map(|matrix| product(matrix, self.state.matrix));
                self.state.matrix = matrix.unwrap_or(self.state.matrix);
            }
            "BT" => (self.text, self.line) = (UNIT, UNIT),
            "Tm" => {
                self.line = numbers::<6>(operands).unwrap_or(self.line);
                self.text = self.line;
            }
            "Td" | "TD" => {
                let Some([x, y]) = numbers::<2>(operands) else { return };
                if operator == "TD" {
                    self.state.leading = -y;
                }
                self.move_line(x, y);
            }
            "T*" => self.next_line(),
            "TL" => self.state.leading = one().unwrap_or(self.state.leading),
            "Tc" => self.state.between_letters = one().unwrap_or(self.state.between_letters),
            "Tw" => self.state.between_words = one().unwrap_or(self.state.between_words),
            "Tz" => self.state.stretch = one().unwrap_or(self.state.stretch),
            "Ts" => self.state.rise = one().unwrap_or(self.state.rise),
            "m" | "l" => {
                let Some([x, y]) = numbers::<2>(operands) else { return };
                self.path.point(place(self.state.matrix, x, y), operator == "m");
            }
            "re" => {
                let Some([x, y, width, height]) = numbers::<4>(operands) else { return };
                for (at, (x, y)) in
                    [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)].into_iter().enumerate()
                {
                    self.path.point(place(self.state.matrix, x, y), at == 0);
                }
            }
            "h" => self.path.close(),
            // A curve is part of no table.
            "c" | "v" | "y" => self.path.is_curved = true,
            _ => {}
        }
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn next_line(&mut self) {
        self.move_line(0.0, -self.state.leading);
    }

    /// Moves back by thousandths of the size.
    fn shift(&mut self, thousandths: f64) {
        self.advance(-thousandths / 1000.0 * self.state.size, 0.0);
    }

    /// Moves on, along the line or down the column.
    fn advance(&mut self, by: f64, between: f64) {
        let is_vertical = self.state.font.as_ref().is_some_and(|font| font.is_vertical);
        let (x, y) = if is_vertical { (0.0, by - between) } else { ((by + between) * self.state.stretch / 100.0, 0.0) };
        self.text = product([1.0, 0.0, 0.0, 1.0, x, y], self.text);
    }

    fn show(&mut self, bytes: &[u8], into: &mut Drawings<'_>) -> Result<(), Refusal> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        into.step(bytes.len())?;
        font.each(bytes, |glyph| {
            let width = glyph.width / 1000.0 * self.state.size;
            let matrix = product(self.text, self.state.matrix);
            let along = width * self.state.stretch / 100.0;
            let ((x, y), (end, _)) = (place(matrix, 0.0, self.state.rise), place(matrix, along, self.state.rise));
            let size = (self.state.size * matrix[2].hypot(matrix[3])).abs();
            // Letters of a column hang below their place, in its middle.
            let (x, end, y) = if font.is_vertical { (x - size / 2.0, x + size / 2.0, y - size) } else { (x, end, y) };
            match glyph.text {
                Some(text) => {
                    let letters = text.chars().filter(|c| !c.is_control());
                    let places = [x, end, y, size];
                    let is_placed = places.iter().all(|place| place.abs() < 1e5) && size > 0.0;
                    let letter = |c| Letter { c, from: x.min(end), to: x.max(end), y, size };
                    into.page.letters.extend(letters.filter(|_| is_placed).map(letter));
                }
                None => into.unknown += 1,
            }
            let words = if glyph.is_space { self.state.between_words } else { 0.0 };
            let by = if font.is_vertical { -self.state.size } else { width };
            self.advance(by, self.state.between_letters + words);
        });
        Ok(())
    }
}

/// Lines drawn or a shape filled, piece by piece.
#[derive(Default)]
struct Path {
    pieces: Vec<Vec<(f64, f64)>>,
    is_curved: bool,
}

impl Path {
    fn point(&mut self, point: (f64, f64), is_new: bool) {
        match self.pieces.last_mut().filter(|_| !is_new) {
            Some(piece) => piece.push(point),
            None => self.pieces.push(vec![point]),
        }
    }

    fn close(&mut self) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.extend(piece.first().copied());
        }
    }

    /// The rules that it draws: strokes that are level or upright, and shapes so thin that they are strokes.
    fn rules(mut self, operator: &str) -> Vec<Rule> {
        if self.is_curved || operator == "n" {
            return Vec::new();
        }
        if matches!(operator, "s" | "b" | "b*") {
            self.close();
        }
        let is_filled = !matches!(operator, "S" | "s");
        let is_stroked = !matches!(operator, "f" | "F" | "f*");
        let mut rules = Vec::new();
        for piece in self.pieces {
            let thin = is_filled.then(|| thin(&piece)).flatten();
            if thin.is_none() && is_stroked {
                rules.extend(piece.windows(2).filter_map(self::thin));
            }
            rules.extend(thin);
        }
        rules
    }
}

/// The rule that some points are, if they are one.
fn thin(points: &[(f64, f64)]) -> Option<Rule> {
    let ends = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (left, right) = ends(&mut points.iter().map(|(x, _)| *x));
    let (low, high) = ends(&mut points.iter().map(|(_, y)| *y));
    let (width, height) = (right - left, high - low);
    if !(left.abs() < 1e5 && right.abs() < 1e5 && low.abs() < 1e5 && high.abs() < 1e5) {
        return None;
    }
    if height <= THICKEST && width > height {
        Some(Rule { is_level: true, at: f64::midpoint(low, high), from: left, to: right })
    } else if width <= THICKEST && height > width {
        Some(Rule { is_level: false, at: f64::midpoint(left, right), from: low, to: high })
    } else {
        None
    }
}
