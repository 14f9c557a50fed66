//! The container of Word and Excel before 2007 (OLE), as far as it takes to know which of them wrote it and to hand on the
//! stream of a workbook. The libraries for it follow what a damaged file says, without end; this one stays within the file.

use crate::exchange::office::old_workbook;
use crate::exchange::office::open::{Kind, Opened, Refusal};

/// How such a file begins.
pub(super) const MARK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Sectors within the stream of small streams.
const SMALL_SECTOR: usize = 64;
/// Ids from here on are marks and no sectors.
const FIRST_MARK: u32 = 0xffff_fffa;

/// Opens a file that begins with [`MARK`].
pub(super) fn read(bytes: &[u8]) -> Result<Opened, Refusal> {
    let Some(container) = Container::of(bytes) else { return Err(by_names(bytes).unwrap_or(Refusal::Damaged)) };
    let has = |name: &str| container.entries.iter().any(|entry| entry.name == name);
    if has("EncryptedPackage") {
        return Err(Refusal::Encrypted);
    }
    if has("Workbook") {
        let stream = container.stream("Workbook").ok_or(Refusal::Damaged)?;
        let (text, remarks) = old_workbook::read(&stream)?;
        return Ok(Opened { kind: Kind::Workbook, text, submission: None, remarks });
    }
    let known = [
        ("Book", Refusal::OtherWorkbook),
        ("WordDocument", Refusal::OldDocument),
        ("PowerPoint Document", Refusal::Slides),
    ];
    Err(known.into_iter().find_map(|(name, refusal)| has(name).then_some(refusal)).unwrap_or(Refusal::Unknown))
}

/// What a file is whose directory cannot be read, by the names that stand anywhere in it.
fn by_names(bytes: &[u8]) -> Option<Refusal> {
    let known = [("EncryptedPackage", Refusal::Encrypted), ("WordDocument", Refusal::OldDocument)];
    known.into_iter().find_map(|(name, refusal)| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide).then_some(refusal)
    })
}

struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// The sector behind each one.
    next: Vec<u32>,
    small_next: Vec<u32>,
    /// The stream that the small streams are parts of.
    small: Vec<u8>,
    /// Streams below this length are small.
    cutoff: usize,
    /// What stands at the root, without what is embedded.
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'b> Container<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut container = Self {
            bytes,
            sector,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            cutoff: usize_at(bytes, 56)?,
            entries: Vec::new(),
        };
        for id in container.tables()? {
            container.next.extend(ids(container.at(id)?));
        }
        let directory = container.chain(u32_at(bytes, 48)?, usize::MAX)?;
        let root = directory.get(..ENTRY)?;
        container.small = container.chain(u32_at(root, 116)?, usize_at(root, 120)?).unwrap_or_default();
        container.small_next = ids(&container.chain(u32_at(bytes, 60)?, usize::MAX).unwrap_or_default()).collect();
        container.entries = entries(&directory, u32_at(root, 76)?);
        Some(container)
    }

    /// The sectors that hold [`Self::next`]: the first of them in the head of the file, more in a chain of lists.
    fn tables(&self) -> Option<Vec<u32>> {
        let mut tables: Vec<u32> = ids(self.bytes.get(76..512)?).collect();
        let mut list = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector;
        for _ in 0..most {
            if list >= FIRST_MARK {
                break;
            }
            tables.extend(ids(self.at(list)?));
            list = tables.pop()?;
        }
        tables.retain(|id| *id < FIRST_MARK);
        (tables.len() <= most).then_some(tables)
    }

    /// A sector; the last one of a file may be short.
    fn at(&self, id: u32) -> Option<&'b [u8]> {
        let from = usize::try_from(id).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let to = self.bytes.len().min(from.checked_add(self.sector)?);
        self.bytes.get(from..to)
    }

    /// The bytes of a chain of sectors, which has no sector twice.
    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut id = start;
        for _ in 0..=self.next.len() {
            if id >= FIRST_MARK || bytes.len() >= length {
                bytes.truncate(length);
                return Some(bytes);
            }
            bytes.extend_from_slice(self.at(id)?);
            id = *self.next.get(usize::try_from(id).ok()?)?;
        }
        None
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        if entry.length >= self.cutoff {
            return self.chain(entry.start, entry.length);
        }
        let mut bytes = Vec::new();
        let mut id = entry.start;
        for _ in 0..=self.small_next.len() {
            if id >= FIRST_MARK || bytes.len() >= entry.length {
                bytes.truncate(entry.length);
                return Some(bytes);
            }
            let at = usize::try_from(id).ok()?;
            let from = at.checked_mul(SMALL_SECTOR)?;
            bytes.extend_from_slice(self.small.get(from..from.checked_add(SMALL_SECTOR)?)?);
            id = *self.small_next.get(at)?;
        }
        None
    }
}

/// The entries beside and below the first one of the root, a tree of which each is visited once.
fn entries(directory: &[u8], first: u32) -> Vec<Entry> {
    let entry = |id: u32| {
        let from = usize::try_from(id).ok()?.checked_mul(ENTRY)?;
        directory.get(from..from.checked_add(ENTRY)?)
    };
    let mut entries = Vec::new();
    let mut ahead = vec![first];
    while let Some(bytes) = ahead.pop().and_then(entry) {
        if entries.len() > directory.len() / ENTRY {
            break;
        }
        let letters = usize::from(u16_at(bytes, 64).unwrap_or_default()) / 2;
        let units: Vec<u16> =
            bytes[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).take(letters).collect();
        let name = String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned();
        entries.push(Entry {
            name,
            start: u32_at(bytes, 116).unwrap_or(FIRST_MARK),
            length: usize_at(bytes, 120).unwrap_or_default(),
        });
        // Marks of nothing go first, so that none ends the search.
        let sides = [u32_at(bytes, 68), u32_at(bytes, 72)];
        ahead.extend(sides.into_iter().flatten().filter(|id| *id < FIRST_MARK && entry(*id).is_some()));
    }
    entries
}

fn ids(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

pub(super) fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}
