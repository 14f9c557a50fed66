//! How old a draft may be: less than a second, whether somebody leaves the cell, types on and on, or the power goes.

use std::thread::sleep;
use std::time::{Duration, Instant};

use gouji_browser_tests::on_every_browser;

use crate::*;

/// What may be lost at most.
const SECOND: Duration = Duration::from_secs(1);

/// A cell of one line.
const KEY: &str = "foot.head.text";

/// Notes in the page when each text was typed into the cell, and when which text was found among the drafts.
fn watch(page: &mut Page) -> Result<()> {
    page.eval(&format!(
        "(() => {{
            const key = {key};
            window.typed = [];
            window.kept = [];
            document.addEventListener('input', event => {{
                if (event.target.dataset.key === key) typed.push([performance.now(), event.target.value]);
            }}, true);
            const look = () => {{
                const at = performance.now();
                const opening = indexedDB.open('gouji');
                opening.onsuccess = () => {{
                    const reading = opening.result.transaction('drafts').objectStore('drafts').getAll();
                    reading.onsuccess = () => {{
                        const texts = reading.result.map(record => JSON.parse(record.text).cells[key] || '');
                        kept.push([at, texts.join()]);
                        opening.result.close();
                        setTimeout(look, 30);
                    }};
                }};
            }};
            look();
        }})()",
        key = json!(KEY)
    ))?;
    Ok(())
}

/// The longest time, in milliseconds, that a typed text was missing among the drafts, over many looks.
fn longest_delay(page: &mut Page) -> Result<f64> {
    let last = page.eval("typed[typed.length - 1][1]")?;
    page.wait_until(&format!("kept.some(([, text]) => text === {last})"))?;
    let delays = page.eval(
        "kept.map(([at, text]) => {
            const missing = typed.find(([, whole]) => whole.length > text.length);
            return missing ? at - missing[0] : 0;
        })",
    )?;
    let delays: Vec<f64> = serde_json::from_value(delays)?;
    assert!(delays.len() > 5, "looked too seldom: {delays:?}");
    Ok(delays.into_iter().fold(0.0, f64::max))
}

/// Types one letter and waits until it is time for the next.
fn strike(page: &mut Page, letter: char, pace: Duration) -> Result<()> {
    let next = Instant::now() + pace;
    page.type_text(&letter.to_string())?;
    sleep(next.saturating_duration_since(Instant::now()));
    Ok(())
}

#[test]
fn what_is_typed_is_kept_within_a_second_even_while_somebody_types_on() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&cell(KEY))?;
        watch(&mut page)?;
        for letter in ('a'..='z').chain('0'..='3') {
            strike(&mut page, letter, Duration::from_millis(100))?;
        }
        let delay = longest_delay(&mut page)?;
        assert!(delay < 1000.0, "{delay} ms while typing");
        // A pause, then a last key, and the cell is left.
        page.type_text("x")?;
        page.press("Tab")?;
        let delay = longest_delay(&mut page)?;
        assert!(delay < 1000.0, "{delay} ms after the cell was left");
        Ok(())
    });
}

/// `GOUJI_KILLS=20` makes it the long form; with `--nocapture` it says what each kill has cost.
#[test]
fn power_cut_while_somebody_types_costs_less_than_a_second() {
    let kills = std::env::var("GOUJI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(4);
    let mut letters = ('a'..='z').cycle();
    let mut next_letter = move || letters.next().expect("the letters begin anew");
    let next_letter = std::cell::RefCell::new(&mut next_letter);
    on_every_browser(|browser| {
        let mut page = browser.open_alone()?;
        let mut text = String::new();
        for round in 0..kills {
            page.click(&cell(KEY))?;
            page.press("End")?;
            // Each cut falls on another moment between two saves.
            let until = Instant::now() + Duration::from_millis(1200 + 97 * (round % 7));
            let mut typed: Vec<(Instant, String)> = Vec::new();
            while Instant::now() < until {
                let letter = (next_letter.borrow_mut())();
                text.push(letter);
                page.type_text(&letter.to_string())?;
                typed.push((Instant::now(), text.clone()));
                sleep(Duration::from_millis(50));
            }
            let cut = Instant::now();
            page.kill_and_relaunch()?;
            page.open_app()?;
            let kept = page.value(&cell(KEY))?;
            assert!(text.starts_with(&kept), "kill {round}: {kept} is no beginning of {text}");
            let lost = typed.iter().find(|(_, text)| text.len() > kept.len()).map(|(at, _)| cut - *at);
            println!("{}, kill {round}: lost {} ms", browser.name(), lost.unwrap_or_default().as_millis());
            assert!(lost.unwrap_or_default() < SECOND, "kill {round}: {lost:?}: {kept} of {text}");
            text = kept;
        }
        Ok(())
    });
}
