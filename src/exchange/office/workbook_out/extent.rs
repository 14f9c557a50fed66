//! How much room a text takes: a spreadsheet fits no row to merged cells, so their heights are reckoned when they are written.

/// Height of a line of text and of the space around it, in points, for the size that tables are written in.
const LINE: u32 = 14;
const AROUND: u32 = 5;
/// Width of half a Chinese character in tenths of a pixel, for the same size: 10 points are 13.3 pixels.
const UNIT: u32 = 67;
/// Pixels that a cell keeps free at its sides, and that a step of indentation takes.
const SIDES: u32 = 8;
const STEP: u32 = 12;

/// The height, in points, that a text needs in a cell of so many pixels.
pub(super) fn height(text: &str, pixels: u32, indent: u8) -> u32 {
    lines(text, room(pixels, indent)) * LINE + AROUND
}

fn room(pixels: u32, indent: u8) -> u32 {
    pixels.saturating_sub(SIDES + STEP * u32::from(indent)) * 10 / UNIT
}

/// Whether a text has room in one line of a cell of so many pixels.
pub(super) fn fits(text: &str, pixels: u32, indent: u8) -> bool {
    text.chars().map(width).sum::<u32>() <= room(pixels, indent)
}

/// The height of a text whose characters stand below each other.
pub(super) fn upright_height(text: &str) -> u32 {
    lines(text, 2) * LINE + AROUND
}

/// How many lines a text takes where a line has room for so many halves of a Chinese character.
fn lines(text: &str, room: u32) -> u32 {
    let room = room.max(2);
    let mut count = 0;
    for paragraph in text.split('\n') {
        count += 1;
        let mut used = 0;
        // Letters and digits that follow each other go to the next line together.
        for word in words(paragraph) {
            let width: u32 = word.chars().map(width).sum();
            if used > 0 && used + width > room {
                count += 1;
                used = 0;
            }
            used += width;
            count += (used.max(1) - 1) / room;
            used = (used.max(1) - 1) % room + 1;
        }
    }
    count
}

/// The pieces between which a line may be broken.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match first.is_ascii_graphic() {
            true => rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word)
    })
}

/// A Chinese character is two, anything of a Western font one.
fn width(c: char) -> u32 {
    if c < '\u{2000}' { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_are_counted_as_they_are_broken() {
        for (text, room, count) in [
            ("", 10, 1),
            ("三公经费", 8, 1),
            ("三公经费", 7, 2),
            ("12345", 4, 2),
            ("三公12345", 8, 2),
            ("三公12345", 9, 1),
            ("一\n二", 10, 2),
            ("一二三四五六", 4, 3),
            ("1234567890", 4, 3),
            ("三", 0, 1),
        ] {
            assert_eq!(lines(text, room), count, "{text} in {room}");
        }
    }
}
