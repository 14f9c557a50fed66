//! Files that a person drags over the page and drops on it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::Page;
use crate::browser::Browser;

impl Page {
    /// Holds a file over an element, as a person does who drags it out of a folder.
    pub fn drag_over(&mut self, selector: &str, file: &Path) -> Result<()> {
        self.drag(&["dragEnter", "dragOver"], selector, file)
    }

    /// Takes a file that hangs over the page away again.
    pub fn drag_away(&mut self, selector: &str, file: &Path) -> Result<()> {
        self.wait_for(selector)?;
        let place = self.place_of(selector)?;
        // The protocol's dragCancel tells the page nothing.
        self.drag_by_script("dragLeave", &place, file)
    }

    /// Drops a file that was dragged over an element.
    pub fn drop_file(&mut self, selector: &str, file: &Path) -> Result<()> {
        self.drag(&["dragEnter", "dragOver", "drop"], selector, file)
    }

    fn drag(&mut self, kinds: &[&str], selector: &str, file: &Path) -> Result<()> {
        self.wait_for(selector)?;
        let place = self.place_of(selector)?;
        for kind in kinds {
            let data = json!({ "items": [], "files": [file], "dragOperationsMask": 1 });
            let event = json!({ "type": kind, "x": place["x"], "y": place["y"], "data": data });
            // Old engines know no such command, or none that carries files: they get an event of a script.
            if self.browser == Browser::Chromium86 {
                self.drag_by_script(kind, &place, file)?;
            } else {
                self.devtools.call("Input.dispatchDragEvent", event)?;
            }
        }
        Ok(())
    }

    fn drag_by_script(&mut self, kind: &str, place: &Value, file: &Path) -> Result<()> {
        let name = file.file_name().and_then(|name| name.to_str()).context("the file has no name")?;
        self.eval(&format!(
            "(() => {{
                const bytes = Uint8Array.from(atob({content}), letter => letter.charCodeAt(0));
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File([bytes], {name}));
                const place = {place};
                document.elementFromPoint(place.x, place.y).dispatchEvent(new DragEvent({kind}, {{
                    bubbles: true, cancelable: true, composed: true, clientX: place.x, clientY: place.y, dataTransfer,
                }}));
            }})()",
            content = json!(BASE64_STANDARD.encode(fs::read(file)?)),
            name = json!(name),
            kind = json!(kind.to_lowercase()),
        ))?;
        Ok(())
    }
}
