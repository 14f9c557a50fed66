//! What the keys of a keyboard are called in the DevTools protocol.

use serde_json::{Value, json};

/// A key with the modifiers held down, as `Control+Shift+z` or `Enter` names it.
pub struct Stroke {
    key: String,
    code: String,
    windows_code: u32,
    text: Option<String>,
    modifiers: u32,
}

impl Stroke {
    /// Reads `Control+z`, `Tab`, `a`. Nothing is returned for a key that is not in the tables below.
    pub fn named(name: &str) -> Option<Stroke> {
        let mut modifiers = 0;
        let mut rest = name;
        while let Some((modifier, after)) = rest.split_once('+') {
            let Some((_, bit)) = MODIFIERS.iter().find(|(name, _)| *name == modifier) else {
                break;
            };
            modifiers |= bit;
            rest = after;
        }
        let mut stroke = match NAMED.iter().find(|(name, ..)| *name == rest) {
            Some((key, windows_code, text)) => Stroke {
                key: (*key).to_owned(),
                code: (*key).to_owned(),
                windows_code: *windows_code,
                text: text.map(str::to_owned),
                modifiers: 0,
            },
            None => Stroke::of_char(rest.chars().next().filter(|_| rest.chars().count() == 1)?)?,
        };
        stroke.modifiers |= modifiers;
        // A key with Control or Alt is a command and types nothing.
        if modifiers & (ALT | CONTROL) != 0 {
            stroke.text = None;
        }
        Some(stroke)
    }

    /// The key that types `character` on a plain keyboard, if there is one.
    pub fn of_char(character: char) -> Option<Stroke> {
        let upper = character.to_ascii_uppercase();
        let (code, windows_code, modifiers) = match character {
            'a'..='z' => (format!("Key{upper}"), upper as u32, 0),
            'A'..='Z' => (format!("Key{upper}"), upper as u32, SHIFT),
            '0'..='9' => (format!("Digit{character}"), character as u32, 0),
            _ => {
                let (_, code, windows_code, modifiers) = SIGNS.iter().find(|(sign, ..)| *sign == character)?;
                ((*code).to_owned(), *windows_code, *modifiers)
            }
        };
        Some(Stroke { key: character.into(), code, windows_code, text: Some(character.into()), modifiers })
    }

    pub fn down(&self) -> Value {
        let mut event = self.event(if self.text.is_some() { "keyDown" } else { "rawKeyDown" });
        if let Some(text) = &self.text {
            event["text"] = json!(text);
            event["unmodifiedText"] = json!(text);
        }
        // A headless browser has no menu that would turn these into commands.
        if self.modifiers == CONTROL
            && let Some((_, command)) = EDITING.iter().find(|(key, _)| *key == self.key)
        {
            event["commands"] = json!([command]);
        }
        event
    }

    pub fn up(&self) -> Value {
        self.event("keyUp")
    }

    fn event(&self, kind: &str) -> Value {
        json!({
            "type": kind,
            "key": self.key,
            "code": self.code,
            "windowsVirtualKeyCode": self.windows_code,
            "nativeVirtualKeyCode": self.windows_code,
            "modifiers": self.modifiers,
        })
    }
}

const ALT: u32 = 1;
const CONTROL: u32 = 2;
const SHIFT: u32 = 8;
const MODIFIERS: &[(&str, u32)] = &[("Alt", ALT), ("Control", CONTROL), ("Shift", SHIFT)];

const NAMED: &[(&str, u32, Option<&str>)] = &[
    ("Backspace", 8, None),
    ("Tab", 9, None),
    ("Enter", 13, Some("\r")),
    ("Escape", 27, None),
    ("PageUp", 33, None),
    ("PageDown", 34, None),
    ("End", 35, None),
    ("Home", 36, None),
    ("ArrowLeft", 37, None),
    ("ArrowUp", 38, None),
    ("ArrowRight", 39, None),
    ("ArrowDown", 40, None),
    ("Insert", 45, None),
    ("Delete", 46, None),
    ("F1", 112, None),
    ("F2", 113, None),
    ("F8", 119, None),
];

const SIGNS: &[(char, &str, u32, u32)] = &[
    (' ', "Space", 32, 0),
    ('.', "Period", 190, 0),
    (',', "Comma", 188, 0),
    ('-', "Minus", 189, 0),
    ('+', "Equal", 187, SHIFT),
    ('/', "Slash", 191, 0),
    ('%', "Digit5", 53, SHIFT),
    ('(', "Digit9", 57, SHIFT),
    (')', "Digit0", 48, SHIFT),
];

const EDITING: &[(&str, &str)] = &[("a", "selectAll"), ("c", "copy"), ("x", "cut"), ("v", "paste"), ("z", "undo")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_read_before_the_key() {
        let stroke = Stroke::named("Control+Shift+z").unwrap();
        assert_eq!((stroke.key.as_str(), stroke.modifiers, stroke.text.is_none()), ("z", CONTROL | SHIFT, true));
        assert!(Stroke::named("Enter").unwrap().text.is_some());
        assert_eq!(Stroke::named("+").unwrap().key, "+");
        assert!(Stroke::named("NoSuchKey").is_none());
    }
}
