//! Looks up the cells that pictures show.

use crate::engine::template::compile::Names;
use crate::engine::template::spec::PictureKind;

impl Names<'_> {
    pub(super) fn pictures(&mut self) {
        let spec = self.spec;
        for (at, picture) in spec.pictures.iter().enumerate() {
            let path = format!("pictures[{at}].is");
            match picture {
                PictureKind::Funds { bars } => {
                    bars.iter()
                        .flat_map(|bar| bar.parts.iter().chain([&bar.total]))
                        .for_each(|key| self.figure(&path, key));
                }
                PictureKind::Spending { block, budget: first, spent: second, rows, groups }
                | PictureKind::Years { block, before: first, now: second, rows, groups } => {
                    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
                    self.known_groups(&path, groups);
                    self.lines(&path, block, &[first, second], &rows);
                }
            }
        }
    }
}
