//! What people ask of the system for their eyes, and what the page says to whoever does not see it.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Page;
use crate::places;

/// The levels of WCAG that are promised, as axe calls them.
const TAGS: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

impl Page {
    /// Settings of the system as style sheets ask for them, such as `prefers-color-scheme` and `dark`.
    pub fn set_media(&mut self, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).map(drop)
    }

    /// Whatever axe finds against WCAG 2.2 A and AA in what is shown now: a line for each element.
    pub fn out_of_reach(&mut self) -> Result<Vec<String>> {
        if self.eval("typeof axe")? != "object" {
            let script = fs::read_to_string(places::axe()).context("axe is missing: run `cargo xtask setup`")?;
            // What DevTools evaluates is not subject to the policy of the page.
            self.eval(&format!("{script}; true"))?;
        }
        let found = self.eval(&format!(
            "axe.run(document, {{ runOnly: {{ type: 'tag', values: {} }}, resultTypes: ['violations'] }}).then(found =>
                found.violations.flatMap(rule => rule.nodes.map(node =>
                    [rule.id, node.target.join(' '), node.html.slice(0, 160), node.failureSummary].join(' | '))))",
            json!(TAGS)
        ))?;
        Ok(serde_json::from_value(found)?)
    }

    /// What a screen reader is told, a line for each thing that has a role: its name, value, state and description.
    pub fn tree(&mut self) -> Result<Vec<Node>> {
        self.devtools("Accessibility.enable", json!({}))?;
        let answer = self.devtools("Accessibility.getFullAXTree", json!({}))?;
        let nodes = answer["nodes"].as_array().context("there is no tree")?;
        let root = nodes.first().context("the tree is empty")?["nodeId"].clone();
        let mut told = Vec::new();
        walk(nodes, &root, 0, &mut told);
        Ok(told)
    }
}

/// A thing of the accessibility tree.
pub struct Node {
    /// How many things it stands in.
    pub depth: usize,
    pub role: String,
    pub name: String,
    pub value: String,
    pub description: String,
    /// States that are set, such as `invalid` or `expanded=false`.
    pub states: Vec<String>,
}

/// States that are told where they are set.
const STATES: &[&str] = &["invalid", "expanded", "disabled", "level", "live", "checked"];

fn walk(nodes: &[Value], id: &Value, depth: usize, told: &mut Vec<Node>) {
    let Some(node) = nodes.iter().find(|node| node["nodeId"] == *id) else { return };
    let text = |of: &Value| of["value"].as_str().map_or_else(String::new, str::to_owned);
    let role = text(&node["role"]);
    let is_told = node["ignored"] != true && !SILENT.contains(&role.as_str());
    if is_told {
        let states = STATES.iter().filter_map(|state| {
            let set = node["properties"].as_array()?.iter().find(|property| property["name"] == *state)?;
            match &set["value"]["value"] {
                Value::Bool(true) => Some((*state).to_owned()),
                Value::Bool(false) if *state == "expanded" => Some("expanded=false".to_owned()),
                Value::String(value) if value == "true" => Some((*state).to_owned()),
                Value::String(value) if !matches!(value.as_str(), "false" | "off" | "") => {
                    Some(format!("{state}={value}"))
                }
                Value::Number(value) => Some(format!("{state}={value}")),
                _ => None,
            }
        });
        told.push(Node {
            depth,
            name: text(&node["name"]),
            value: text(&node["value"]),
            description: text(&node["description"]),
            states: states.collect(),
            role,
        });
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        walk(nodes, child, depth + usize::from(is_told), told);
    }
}

/// Roles that are only structure.
const SILENT: &[&str] = &["generic", "GenericContainer", "none", "InlineTextBox", "ignored", "Ignored", "LineBreak"];
