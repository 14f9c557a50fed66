//! Finds a cell by its key without making the key: some hundreds of look-ups stand in every evaluation, and a text made
//! for each of them took more time than all the reckoning.

use crate::engine::layout::{Field, FieldIndex};

/// A table of places by the hash of their keys, at most half full.
#[derive(Debug)]
pub(super) struct Index {
    /// A place plus one; 0 is free.
    slots: Vec<u32>,
}

/// Block, row and column of a key.
pub(super) type Pieces<'p> = [&'p str; 3];

impl Index {
    pub fn of(fields: &[Field<'_>]) -> Self {
        let size = (fields.len() * 2 + 1).next_power_of_two();
        let mut index = Self { slots: vec![0; size] };
        for (place, field) in (1_u32..).zip(fields) {
            let mut slot = index.first_slot(pieces_of(field));
            while index.slots[slot] != 0 {
                slot = index.next(slot);
            }
            index.slots[slot] = place;
        }
        index
    }

    /// The cell `block.row.column`.
    pub fn find_key(&self, fields: &[Field<'_>], key: &str) -> Option<FieldIndex> {
        let (block, rest) = key.split_once('.')?;
        let (row, column) = rest.split_once('.')?;
        self.find(fields, [block, row, column])
    }

    pub fn find(&self, fields: &[Field<'_>], pieces: Pieces<'_>) -> Option<FieldIndex> {
        let mut slot = self.first_slot(pieces);
        loop {
            let place = usize::try_from(self.slots[slot]).ok()?.checked_sub(1)?;
            if pieces_of(&fields[place]) == pieces {
                return Some(FieldIndex(place));
            }
            slot = self.next(slot);
        }
    }

    fn first_slot(&self, pieces: Pieces<'_>) -> usize {
        // 32 bits fit into every machine's word; the size is a power of two far below them.
        usize::try_from(hash(pieces) >> 32).unwrap_or_default() & (self.slots.len() - 1)
    }

    fn next(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }
}

fn pieces_of<'f>(field: &'f Field<'_>) -> Pieces<'f> {
    [&field.block.id, field.row_id(), &field.column.id]
}

/// The first and the last eight bytes of each piece: keys that differ in the middle alone are told apart by comparing.
/// Nobody gains from colliding keys: a file with more rows than a filing has is refused.
fn hash(pieces: Pieces<'_>) -> u64 {
    let mut hash = 0_u64;
    for piece in pieces {
        let bytes = piece.as_bytes();
        let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (bytes.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte)), 0),
        };
        hash = (hash.rotate_left(5) ^ first ^ last.rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    hash
}
