//! Small pieces of the page, each built in one place for every use: texts that follow a signal, buttons.
//!
//! A view macro makes code for every distinct closure; these take boxed ones, so that the page stays a small download.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// A text of the page that follows the language, the year or the filing.
pub type Said = Signal<String>;

/// What a button does.
pub type Action = Box<dyn Fn()>;

/// A button: its look and its name for scripts and tests.
#[derive(Default)]
pub struct Button {
    pub class: &'static str,
    /// `data-action`.
    pub action: &'static str,
    /// `data-key`, `data-group` and the like, for what the button acts on.
    pub on: String,
    /// What the button is called, read out and shown on hovering, where its content is only a sign.
    pub title: Option<Said>,
    /// `"true"` while there is nothing to do; the button stays in the order of the Tab key.
    pub idle: Option<Said>,
}

impl Button {
    pub fn new(class: &'static str, action: &'static str) -> Self {
        Self { class, action, ..Self::default() }
    }

    pub fn on(mut self, on: impl Into<String>) -> Self {
        self.on = on.into();
        self
    }

    pub fn title(mut self, title: Said) -> Self {
        self.title = Some(title);
        self
    }

    pub fn idle(mut self, idle: Said) -> Self {
        self.idle = Some(idle);
        self
    }

    /// The button with this content.
    pub fn view(self, content: AnyView, run: Action) -> AnyView {
        let Self { class, action, on, title, idle } = self;
        let run: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| run());
        view! {
            <button type="button" class=class data-action=action data-on=on title=title aria-label=title aria-disabled=idle
                on:click=run>{content}</button>
        }
        .into_any()
    }

    /// The button with a text as its label.
    pub fn labelled(self, label: Said, run: Action) -> AnyView {
        self.view(text(label), run)
    }
}

/// A text that follows its signal.
pub fn text(said: Said) -> AnyView {
    said.into_any()
}

/// An element of the page that is nothing but a text in a class.
pub fn line(class: &'static str, said: Said) -> AnyView {
    view! { <p class=class>{said}</p> }.into_any()
}

/// A heading cell of a table.
pub fn heading(class: &'static str, scope: &'static str, span: Span, content: Vec<AnyView>) -> AnyView {
    view! { <th class=class scope=scope rowspan=span.rows colspan=span.columns>{content}</th> }.into_any()
}

/// A cell of a table.
pub fn data(class: &'static str, span: Span, content: AnyView) -> AnyView {
    view! { <td class=class colspan=span.columns>{content}</td> }.into_any()
}

/// A row of a table.
pub fn row(class: &'static str, cells: Vec<AnyView>) -> AnyView {
    view! { <tr class=class>{cells}</tr> }.into_any()
}

/// How many rows and columns a cell covers.
#[derive(Clone, Default)]
pub struct Span {
    pub rows: Option<String>,
    pub columns: Option<String>,
}

impl Span {
    pub const ONE: Self = Self { rows: None, columns: None };

    pub fn rows(rows: usize) -> Self {
        Self { rows: Some(rows.to_string()), columns: None }
    }

    pub fn columns(columns: usize) -> Self {
        Self { rows: None, columns: Some(columns.to_string()) }
    }
}
