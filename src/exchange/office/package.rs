//! A zip of XML parts, opened within limits: only the parts asked for are unpacked, and never to more than they may be.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::exchange::office::open::Refusal;

/// More entries than any office file has.
const MOST_ENTRIES: usize = 4096;
/// Bytes that one part may unpack to.
const LARGEST_PART: u64 = 96 * 1024 * 1024;
/// Bytes that all parts read together may unpack to.
const LARGEST_WHOLE: u64 = 192 * 1024 * 1024;
/// A part above [`RATIO_FROM`] bytes packs to no less than one in so many. The XML of real files packs to one in ten or
/// twenty; the format itself can reach one in a thousand.
const LARGEST_RATIO: u64 = 300;
const RATIO_FROM: u64 = 4 * 1024 * 1024;

/// An open package.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The names of the parts, with `/` between folders and none at the beginning.
    names: Vec<String>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        if archive.len() > MOST_ENTRIES {
            return Err(Refusal::UnpacksTooLarge);
        }
        let name = |name: Result<std::borrow::Cow<'_, str>, _>| name.map(|name| normal(&name));
        let names = archive.file_names().map(name).collect::<Result<_, _>>().map_err(|_| Refusal::Damaged)?;
        Ok(Self { archive, names, left: LARGEST_WHOLE })
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn has_folder(&self, name: &str) -> bool {
        self.names.iter().any(|part| part.starts_with(name))
    }

    pub fn has_macros(&self) -> bool {
        self.names.iter().any(|name| name.ends_with("vbaProject.bin"))
    }

    /// The bytes of a part, if there is one of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(index) = self.names.iter().position(|known| known.eq_ignore_ascii_case(name)) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.unpack(index, |piece| bytes.extend_from_slice(piece))?;
        Ok(Some(bytes))
    }

    /// The text of a part. Office programs write UTF-8.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| Refusal::Damaged)?;
        Ok(Some(match text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => text,
        }))
    }

    /// Unpacks the parts of XML without keeping them, for a reader that unpacks them by itself and knows no limits.
    pub fn prove(&mut self) -> Result<(), Refusal> {
        for index in 0..self.names.len() {
            if [".xml", ".rels"].iter().any(|end| self.names[index].to_ascii_lowercase().ends_with(end)) {
                self.unpack(index, |_| {})?;
            }
        }
        Ok(())
    }

    /// The part that the package is about, as its relations name it.
    pub fn main_part(&mut self) -> Result<Option<String>, Refusal> {
        let Some(relations) = self.text("_rels/.rels")? else { return Ok(None) };
        let mut reader = Reader::from_str(&relations);
        loop {
            match reader.read_event().map_err(|_| Refusal::Damaged)? {
                Event::Start(element) | Event::Empty(element)
                    if attribute(&element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")) =>
                {
                    return Ok(attribute(&element, "Target").map(|target| normal(&target)));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Hands on the bytes of a part, piece by piece.
    fn unpack(&mut self, index: usize, mut take: impl FnMut(&[u8])) -> Result<(), Refusal> {
        let mut part = self.archive.by_index(index).map_err(|_| Refusal::Damaged)?;
        let most = LARGEST_PART.min(self.left);
        let packed = part.compressed_size().max(1);
        // What is declared can be a lie, and what is unpacked cannot.
        if part.size() > most || is_bomb(part.size(), packed) {
            return Err(Refusal::UnpacksTooLarge);
        }
        let mut piece = vec![0; 64 * 1024];
        let mut unpacked = 0;
        loop {
            let length = part.read(&mut piece).map_err(|_| Refusal::Damaged)?;
            if length == 0 {
                break;
            }
            unpacked += u64::try_from(length).unwrap_or(u64::MAX);
            if unpacked > most || is_bomb(unpacked, packed) {
                return Err(Refusal::UnpacksTooLarge);
            }
            take(&piece[..length]);
        }
        self.left = self.left.saturating_sub(unpacked);
        Ok(())
    }
}

fn is_bomb(unpacked: u64, packed: u64) -> bool {
    unpacked > RATIO_FROM && unpacked / packed > LARGEST_RATIO
}

/// Some programs write `\` between folders, or a `/` before them.
fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

/// An attribute by its name without a prefix, since prefixes are the writer's choice.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// The character that a reference stands for: one of the five of XML, or a number. What a file declares by itself is
/// nothing, so none of it can grow.
pub(super) fn referred(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    let name: &str = reference;
    [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')]
        .into_iter()
        .find_map(|(known, c)| (known == name).then_some(c))
}
