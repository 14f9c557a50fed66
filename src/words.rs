//! Everything that the program says, in Chinese and English side by side. The form's own words are in its template.
//!
//! A sentence is a record with slots (`{cell}`); no other file holds text that a person reads.

#[cfg(not(is_page))]
pub mod about;
#[cfg(not(is_page))]
pub mod begin;
pub mod cli;
#[cfg(is_page)]
pub mod english;
pub mod explain;
pub mod findings;
#[cfg(not(target_arch = "wasm32"))]
pub mod localisability;
#[cfg(feature = "office")]
pub mod office;
pub mod page;
#[cfg(not(is_page))]
pub mod paste;
#[cfg(not(is_page))]
pub mod pictures;
pub mod reading;
pub mod refusals;
#[cfg(not(is_page))]
pub mod relations;
#[cfg(not(is_page))]
pub mod repairs;
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
    /// The page fetches it: a tenth of its words that few people read.
    #[cfg(not(is_page))]
    pub en: &'static str,
}

/// Shorthand for the tables of this module. Both are literals: `build.rs` reads them for the page.
#[cfg(not(is_page))]
pub const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

#[cfg(is_page)]
pub const fn words(zh: &'static str, _en: &'static str) -> Words {
    Words { zh }
}

/// The name of a record in the generated documents, which the page has no use for.
const fn record_name(name: &'static str) -> &'static str {
    if cfg!(is_page) { "" } else { name }
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
