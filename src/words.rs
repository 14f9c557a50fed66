//! Everything that the program says, in Chinese and English side by side. The form's own words are in its template.
//!
//! A sentence is a record with slots (`{cell}`); no other file holds text that a person reads.

pub mod cli;
#[cfg(is_page)]
pub mod english;
pub mod explain;
pub mod findings;
#[cfg(feature = "office")]
pub mod office;
pub mod page;
pub mod reading;
pub mod refusals;
#[cfg(not(is_page))]
pub mod relations;
pub mod report;
pub mod scoring;
pub mod text;
pub mod unreadable;
#[cfg(feature = "office")]
pub mod workbook;

/// The language of the program's sentences. The form stays Chinese.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

/// One text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub zh: &'static str,
    pub en: &'static str,
}

/// Whether the English is in the program. The page fetches it: a tenth of its words that few people read.
const HAS_ENGLISH: bool = cfg!(not(is_page));

/// Shorthand for the tables of this module. Both are literals: `build.rs` reads them for the page.
pub const fn words(zh: &'static str, en: &'static str) -> Words {
    if HAS_ENGLISH { Words { zh, en } } else { Words { zh, en: "" } }
}

impl Words {
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.zh,
            #[cfg(is_page)]
            Language::English => english::of(self.zh),
            #[cfg(not(is_page))]
            Language::English => self.en,
        }
    }

    /// The text with its slots filled. A slot without an argument stays visible: a test looks for such.
    pub fn say(self, language: Language, arguments: &[(&str, String)]) -> String {
        let mut said = String::new();
        let mut rest = self.in_language(language);
        while let Some((before, behind)) = rest.split_once('{') {
            said.push_str(before);
            let Some((slot, after)) = behind.split_once('}') else { break };
            match arguments.iter().find(|(name, _)| *name == slot) {
                Some((_, value)) => said.push_str(value),
                None => {
                    said.push('{');
                    said.push_str(slot);
                    said.push('}');
                }
            }
            rest = after;
        }
        said.push_str(rest);
        said
    }
}

/// The slots of a text, in order.
pub fn slots(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|piece| piece.split_once('}').map(|(slot, _)| slot)).collect()
}
