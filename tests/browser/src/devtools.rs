//! One connection to a browser's DevTools: commands and their answers, events as they come. It knows no page.

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Error, Message, WebSocket};

/// How long a command may take. Printing a long form on a busy machine is the slowest.
const ANSWER: Duration = Duration::from_secs(60);

/// An event as the protocol names it, such as `Log.entryAdded`.
pub struct Event {
    pub method: String,
    pub params: Value,
}

pub struct DevTools {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    session: Option<String>,
    last_id: u64,
    events: VecDeque<Event>,
}

impl DevTools {
    /// Connects to a browser as a whole; [`DevTools::open_page`] turns to a page.
    pub fn connect(url: &str) -> Result<DevTools> {
        let (socket, _) = tungstenite::connect(url).with_context(|| format!("cannot reach DevTools at {url}"))?;
        Ok(DevTools { socket, session: None, last_id: 0, events: VecDeque::new() })
    }

    /// Opens a page in the browser, or in one of its contexts, to which all commands go from then on.
    pub fn open_page(&mut self, context: Option<&str>) -> Result<()> {
        let mut page = json!({ "url": "about:blank" });
        if let Some(context) = context {
            page["browserContextId"] = json!(context);
        }
        let target = self.call("Target.createTarget", page)?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.call("Target.attachToTarget", attach)?;
        self.session = session["sessionId"].as_str().map(str::to_owned);
        Ok(())
    }

    /// Makes a context: pages in it share what they keep with each other and with no other page.
    pub fn create_context(&mut self) -> Result<String> {
        let context = self.call_browser("Target.createBrowserContext", json!({}))?;
        context["browserContextId"].as_str().map(str::to_owned).context("the browser made no context")
    }

    /// Closes all pages of a context and forgets what they kept.
    pub fn close_context(&mut self, context: &str) -> Result<()> {
        self.call_browser("Target.disposeBrowserContext", json!({ "browserContextId": context })).map(drop)
    }

    /// Sends a command to the page and waits for its answer.
    pub fn call(&mut self, method: &str, params: Value) -> Result<Value> {
        let id = self.send(method, params, self.session.clone())?;
        self.answer(id, method)
    }

    /// Sends a command to the browser as a whole and waits for its answer.
    pub fn call_browser(&mut self, method: &str, params: Value) -> Result<Value> {
        let id = self.send(method, params, None)?;
        self.answer(id, method)
    }

    /// Sends a command to a worker of the page, by the session that its event names, and waits for its answer.
    pub fn call_in(&mut self, session: String, method: &str, params: Value) -> Result<Value> {
        let id = self.send(method, params, Some(session))?;
        self.answer(id, method)
    }

    /// What the browser says it is, such as `HeadlessChrome/86.0.4240.0`.
    pub fn version(&mut self) -> Result<String> {
        let version = self.call_browser("Browser.getVersion", json!({}))?;
        version["product"].as_str().map(str::to_owned).context("the browser does not say its version")
    }

    /// Asks the browser to go. It may be gone before it could answer.
    pub fn close_browser(&mut self) -> Result<()> {
        self.send("Browser.close", json!({}), None).map(drop)
    }

    /// The events since the last call of this function, after waiting at most `patience` for a first one.
    pub fn events(&mut self, patience: Duration) -> Result<Vec<Event>> {
        let until = Instant::now() + patience;
        loop {
            let was_quiet = self.receive(Duration::from_millis(1))?.is_none();
            if was_quiet && (!self.events.is_empty() || Instant::now() >= until) {
                return Ok(self.events.drain(..).collect());
            }
        }
    }

    fn send(&mut self, method: &str, params: Value, session: Option<String>) -> Result<u64> {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method, "params": params });
        if let Some(session) = session {
            command["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(command.to_string())).with_context(|| format!("cannot send {method}"))?;
        Ok(self.last_id)
    }

    fn answer(&mut self, id: u64, method: &str) -> Result<Value> {
        let until = Instant::now() + ANSWER;
        while Instant::now() < until {
            if let Some(message) = self.receive(Duration::from_millis(200))?
                && message["id"] == id
            {
                if !message["error"].is_null() {
                    bail!("{method}: {}", message["error"]["message"]);
                }
                return Ok(message["result"].clone());
            }
        }
        bail!("{method}: no answer within {} seconds", ANSWER.as_secs())
    }

    /// The next message, if one comes in time. Events are put aside as well as returned.
    fn receive(&mut self, patience: Duration) -> Result<Option<Value>> {
        if let MaybeTlsStream::Plain(stream) = self.socket.get_ref() {
            stream.set_read_timeout(Some(patience))?;
        }
        let text = match self.socket.read() {
            Ok(Message::Text(text)) => text,
            Ok(_) => return Ok(None),
            Err(Error::Io(why)) if matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Ok(None);
            }
            Err(why) => return Err(why).context("the browser has gone away"),
        };
        let message: Value = serde_json::from_str(&text).context("the browser did not send JSON")?;
        if let Some(method) = message["method"].as_str() {
            self.events.push_back(Event { method: method.to_owned(), params: message["params"].clone() });
        }
        Ok(Some(message))
    }
}
