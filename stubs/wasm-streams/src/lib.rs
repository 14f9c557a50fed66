//! Stands in for the crate `wasm-streams`, which Leptos takes along for server functions. This page has no server, but
//! the classes that the crate exports to JavaScript would be in the download all the same.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A stream that cannot be made: nothing in the page asks for one.
#[derive(Debug)]
pub enum ReadableStream {}

impl ReadableStream {
    pub fn from_stream<S>(_stream: S) -> Self {
        unreachable!("the page has no server to stream to")
    }

    pub fn from_raw<R>(_raw: R) -> Self {
        unreachable!("the page has no server to stream from")
    }

    pub fn into_raw(self) -> JsValue {
        match self {}
    }

    pub fn into_stream(self) -> Self {
        self
    }
}

impl Stream for ReadableStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match *self {}
    }
}
