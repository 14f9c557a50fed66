//! What `dist/` may hold: only features that old engines have, no path of a machine, few bytes, hashed names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gouji::engine::layout::Layout;
use gouji::engine::submission::{AddedRow, Submission};
use gouji::engine::template::Template;
use gouji_browser_tests::{places, weight};
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

/// The features of Chromium 80 that the program is built with, as rustc names them.
const COMPILED_WITH: &[&str] =
    &["bulk-memory", "bulk-memory-opt", "mutable-globals", "nontrapping-fptoint", "sign-ext"];

/// The same for the validator. All that is missing here is forbidden: reference types, multiple values, SIMD,
/// exceptions, tail calls, threads …
const ALLOWED: WasmFeatures = WasmFeatures::MUTABLE_GLOBAL
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::BULK_MEMORY_OPT)
    .union(WasmFeatures::FLOATS);

fn dist_files() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![places::dist()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("there is no built page: run `cargo xtask build`");
        for entry in entries.map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(places::dist()).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read(entry.path()).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn wasm_files() -> Vec<(String, Vec<u8>)> {
    let files: Vec<_> = dist_files().into_iter().filter(|(name, _)| name.ends_with(".wasm")).collect();
    assert_eq!(files.len(), 3, "dist/ has the page's wasm, the reader's and that for Word and Excel");
    files
}

#[test]
fn compiled_wasm_was_built_with_exactly_the_old_features() {
    for file in places::compiled_wasm() {
        let wasm = fs::read(&file).unwrap_or_else(|why| panic!("{}: {why}; run `cargo xtask build`", file.display()));
        let mut features = BTreeSet::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            if let Payload::CustomSection(section) = payload.unwrap()
                && section.name() == "target_features"
            {
                features.extend(target_features(section.data()));
            }
        }
        let features: Vec<_> = features.iter().map(String::as_str).collect();
        assert_eq!(features, COMPILED_WITH, "{}", file.display());
    }
}

/// Reads the section by the tool conventions of WebAssembly: a count, then for each a `+` or `-` and its name.
fn target_features(data: &[u8]) -> Vec<String> {
    let mut rest = &data[1..];
    let mut features = Vec::new();
    for _ in 0..data[0] {
        let (prefix, length) = (rest[0], rest[1] as usize);
        let name = String::from_utf8(rest[2..2 + length].to_vec()).unwrap();
        rest = &rest[2 + length..];
        if prefix == b'+' {
            features.push(name);
        }
    }
    assert!(rest.is_empty(), "the section is longer than it says");
    features
}

#[test]
fn finished_wasm_needs_no_other_feature() {
    for (name, wasm) in wasm_files() {
        if let Err(why) = Validator::new_with_features(ALLOWED).validate_all(&wasm) {
            panic!("{name} needs a feature that Chromium 80 does not have: {why}");
        }
    }
}

#[test]
fn probe_of_boot_js_asks_for_each_feature() {
    let script = fs::read_to_string(places::root().join("boot.js")).unwrap();
    let (_, numbers) = script.split_once("var PROBE = [").expect("boot.js has a probe");
    let (numbers, _) = numbers.split_once(']').unwrap();
    let probe: Vec<u8> = numbers.split(',').map(|number| number.trim().parse().unwrap()).collect();

    Validator::new_with_features(ALLOWED).validate_all(&probe).unwrap();
    for feature in [
        WasmFeatures::MUTABLE_GLOBAL,
        WasmFeatures::SIGN_EXTENSION,
        WasmFeatures::SATURATING_FLOAT_TO_INT,
        // Bulk memory implies the smaller feature of memory.copy and memory.fill.
        WasmFeatures::BULK_MEMORY.union(WasmFeatures::BULK_MEMORY_OPT),
    ] {
        let without = Validator::new_with_features(ALLOWED.difference(feature)).validate_all(&probe);
        assert!(without.is_err(), "the probe does not notice that {feature:?} is missing");
    }
}

#[test]
fn boot_js_is_readable_by_engines_that_are_too_old() {
    let script = fs::read_to_string(places::root().join("boot.js")).unwrap();
    for (number, line) in script.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        for newer in
            ["=>", "`", "let ", "const ", "?.", "??", "async ", "await ", "class ", "...", "import ", "export "]
        {
            assert!(!line.contains(newer), "boot.js:{}: `{newer}` is newer than ECMAScript 5: {line}", number + 1);
        }
    }
}

#[test]
fn no_path_of_a_machine_is_in_the_wasm() {
    let home = std::env::var("HOME").unwrap_or_else(|_| "/root".to_owned()) + "/";
    let root = places::root().display().to_string();
    for (name, wasm) in wasm_files() {
        for path in ["/root/", "/home/", "/tmp/", ".cargo/", ".rustup/", home.as_str(), root.as_str()] {
            let found = wasm.windows(path.len()).position(|window| window == path.as_bytes());
            if let Some(at) = found {
                let around = &wasm[at.saturating_sub(40)..(at + 80).min(wasm.len())];
                panic!("{name} contains {path}: …{}…", String::from_utf8_lossy(around));
            }
        }
    }
}

#[test]
fn dist_is_small() {
    let mut at_start = 0;
    let mut on_demand: BTreeMap<_, usize> = weight::ON_DEMAND.iter().map(|kind| (kind.name, 0)).collect();
    for (name, bytes) in dist_files() {
        let mut packed = Vec::new();
        let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
        brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &params).unwrap();
        println!("{name}: {} bytes, {} with brotli", bytes.len(), packed.len());
        match weight::on_demand(&name) {
            Some(kind) => *on_demand.entry(kind.name).or_default() += packed.len(),
            None => at_start += packed.len(),
        }
    }
    let most = weight::MOST_AT_START;
    assert!(at_start <= most, "the page fetches {at_start} bytes with brotli to start; at most {most} are allowed");
    for kind in weight::ON_DEMAND {
        let (total, most) = (on_demand[kind.name], kind.most);
        assert!(total > 0, "dist/ has none of {}", kind.name);
        assert!(total <= most, "{}: {total} bytes with brotli; at most {most} are allowed", kind.name);
    }
}

#[test]
fn forms_and_the_sample_are_files_of_their_own() {
    let files = dist_files();
    let text = |begin: &str| {
        let mut found = files.iter().filter(|(name, _)| name.starts_with(begin) && name.ends_with(".json"));
        let (_, bytes) = found.next().unwrap_or_else(|| panic!("dist/ has no {begin}….json"));
        assert!(found.next().is_none(), "{begin} is there twice");
        String::from_utf8(bytes.clone()).unwrap()
    };
    assert_eq!(text("submission-"), gouji::SAMPLES[0].1, "index.html and SAMPLES name the same sample");
    let others = gouji::BUILT_IN_TEMPLATES.iter().filter(|built_in| built_in.id != gouji::DEFAULT_TEMPLATE);
    let mut expected = 1;
    for built_in in others {
        let form = Template::from_stamped_json(&text(&format!("{}-", built_in.id)), built_in.hash);
        assert_eq!(form.expect("the page can read it").spec().id, built_in.id);
        expected += 1;
    }
    assert_eq!(files.iter().filter(|(name, _)| name.ends_with(".json")).count(), expected);
}

/// The page's templates come without help; the file has a line for each cell that is filled.
#[test]
fn help_is_a_file_of_its_own_with_a_line_a_cell() {
    let files = dist_files();
    let (_, bytes) = files.iter().find(|(name, _)| name.starts_with("help-")).expect("dist/ has no help");
    let help = String::from_utf8(bytes.clone()).unwrap();
    let lines: BTreeMap<&str, &str> = help.lines().map(|line| line.split_once('\t').expect("a tab")).collect();
    let mut expected = 0;
    for built_in in gouji::BUILT_IN_TEMPLATES {
        let template = Template::from_stamped_json(built_in.text, built_in.hash).expect("it is sound");
        let mut filing = Submission::blank(&template, "help");
        for row in template.spec().blocks.iter().flat_map(|block| &block.rows) {
            let group =
                row.group.iter().filter(|group| !filing.groups.contains_key(*group)).cloned().collect::<Vec<_>>();
            for group in group {
                let id = filing.take_row_id();
                filing.groups.insert(group, vec![AddedRow { id, bound: None }]);
            }
        }
        for field in Layout::of(&template, &filing).fields().iter().filter(|field| field.fixed().is_none()) {
            let row = field.row.group.as_ref().or(field.row.id.as_ref()).expect("a row has a name");
            let key = [built_in.id, &field.block.id, row, &field.column.id].join(".");
            let said = lines.get(key.as_str()).unwrap_or_else(|| panic!("no help for {key}"));
            let example = field.example().map(|example| format!("例：{example}")).unwrap_or_default();
            assert_eq!(**said, field.help().collect::<String>() + &example, "{key}");
            expected += 1;
        }
        let found = files.iter().any(|(name, bytes)| name.ends_with(".json") && contains(bytes, "cell_help"));
        assert!(!found, "forms that the page fetches have their help in them");
    }
    assert_eq!(lines.len(), expected);
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn every_name_but_the_start_page_carries_a_hash() {
    let files = dist_files();
    let page = files.iter().find(|(name, _)| name == "index.html").expect("dist/ has no index.html");
    let page = String::from_utf8(page.1.clone()).unwrap();
    for (name, _) in files.iter().filter(|(name, _)| name != "index.html") {
        let hash = name.rsplit_once('.').and_then(|(stem, _)| stem.rsplit_once('-')).map(|(_, hash)| hash);
        let is_hash = hash.is_some_and(|hash| hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit()));
        assert!(is_hash, "{name} has no hash in its name: an old copy could be taken for it");
        assert!(page.contains(&format!("./{name}")), "index.html does not refer to {name}");
    }
}

#[test]
fn start_page_has_no_inline_script_or_style_and_no_absolute_address() {
    let page = fs::read_to_string(places::dist().join("index.html")).unwrap();
    for forbidden in ["<style", " style=\"", "src=\"/", "href=\"/", "://", "data-trunk", " onclick", "type=\"module\""]
    {
        assert!(!page.contains(forbidden), "index.html contains {forbidden}");
    }
    for script in page.split("<script").skip(1) {
        assert!(script.split_once("></script>").is_some_and(|(tag, _)| !tag.contains('>')), "inline script: {script}");
    }
}
