//! Drives the built page (`dist/`) in real browsers. It knows nothing of the form; the tests beside it do.
//!
//! A test is `on_every_browser(|browser| { let mut page = browser.open()?; … Ok(()) })`: every run finds a
//! browser that has kept nothing, and the page is served under a sub-path, as a county's site would.
//!
//! One back end so far, the DevTools protocol, for every Chromium. A WebDriver for Firefox and WebKit would come in
//! at `page.rs`, the only file that turns what a person does into messages to a browser.

pub mod browser;
pub mod devtools;
mod keys;
mod page;
pub mod places;
mod process;
mod running;
pub mod static_server;
pub mod weight;

pub use browser::{Browser, on_every_browser};
pub use page::{Download, Node, Page};
