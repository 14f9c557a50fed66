//! JSON is read as `serde_json` reads it: the same texts are sound, and with the same values.

use gouji::engine::tree::{Broken, Value, parse};
use proptest::prelude::*;

/// A tree as the other reader has it.
fn as_serde(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(is_true) => (*is_true).into(),
        Value::Number(digits) => serde_json::Value::Number(digits.parse().expect("a number")),
        Value::String(text) => text.clone().into(),
        Value::Array(items) => items.iter().map(as_serde).collect(),
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), as_serde(value))).collect(),
    }
}

#[track_caller]
fn is_read_alike(text: &str) {
    let theirs = serde_json::from_str::<serde_json::Value>(text).ok();
    assert_eq!(parse(text).as_ref().ok().map(as_serde), theirs, "{text}");
}

#[test]
fn every_kind_of_value_is_read() {
    for (text, value) in [
        ("null", Value::Null),
        (" true\r\n\t", Value::Bool(true)),
        ("0.10", Value::Number("0.10".to_owned())),
        ("12345678901234567890.123", Value::Number("12345678901234567890.123".to_owned())),
        ("\"勾\\u7a3d\\n\\ud83d\\ude00\\/\"", Value::String("勾稽\n😀/".to_owned())),
        ("[]", Value::Array(Vec::new())),
        ("[1 , {}]", Value::Array(vec![Value::Number("1".to_owned()), Value::Object(Default::default())])),
    ] {
        assert_eq!(parse(text).as_ref(), Ok(&value), "{text}");
    }
    let twice = parse("{\"a\":1,\"b\":[2],\"a\":3}").expect("JSON");
    assert_eq!(twice.get("a").and_then(Value::as_i64), Some(3), "the last counts");
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    for (text, line, column) in [
        ("", 1, 0),
        ("{\n  \"a\": ", 2, 7),
        ("{\"勾稽\": x}", 1, 8),
        ("[1,\n 2,\n]", 3, 1),
        ("[1] 2", 1, 5),
        ("\"a\u{9}b\"", 1, 3),
        ("{\"a\" 1}", 1, 6),
    ] {
        assert_eq!(parse(text), Err(Broken { line, column }), "{text}");
    }
}

#[test]
fn sound_and_broken_texts_are_told_apart() {
    for text in [
        "01",
        "-",
        "-0",
        "-01",
        "1.",
        ".5",
        "+1",
        "1e",
        "1e+",
        "1E5",
        "1.5e-07",
        "0x1",
        "NaN",
        "nul",
        "nullx",
        "TRUE",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\ud800\\n\"",
        "\"\\ud800\\ud800\"",
        "\"\\udc00\"",
        "\"\\uD83D\\uDE00\"",
        "\"\u{7f}\"",
        "\"\u{1f}\"",
        "'a'",
        "[,]",
        "[1,]",
        "[1 2]",
        "[",
        "]",
        "{",
        "}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1 \"b\":2}",
        "[1}",
        "{\"a\":1]",
        "1 1",
        "\u{a0}1",
        "\u{feff}1",
        "//a\n1",
        "{\"\":\"\"}",
    ] {
        is_read_alike(text);
    }
    for depth in [126, 127, 128, 129, 100_000] {
        is_read_alike(&["[".repeat(depth), "]".repeat(depth)].concat());
    }
}

fn tree() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        ".*".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::btree_map(".{0,4}", inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(tree in tree(), is_pretty in any::<bool>()) {
        let text = if is_pretty { serde_json::to_string_pretty(&tree) } else { serde_json::to_string(&tree) };
        let read = parse(&text.expect("it is written")).expect("JSON");
        prop_assert_eq!(as_serde(&read), tree);
    }

    /// A text with a piece taken out, put in or doubled is sound to both or to none.
    #[test]
    fn damaged_texts_are_read_alike(tree in tree(), at in any::<prop::sample::Index>(), piece in "[\\[\\]{}:,\"\\\\u0-9eE.+\\- a]{0,3}", taken in 0..3_usize) {
        let text: Vec<char> = tree.to_string().chars().collect();
        let at = at.index(text.len());
        let rest = &text[(at + taken).min(text.len())..];
        let damaged: String = text[..at].iter().copied().chain(piece.chars()).chain(rest.iter().copied()).collect();
        let theirs = serde_json::from_str::<serde_json::Value>(&damaged).ok();
        prop_assert_eq!(parse(&damaged).as_ref().ok().map(as_serde), theirs, "{}", damaged);
    }
}
