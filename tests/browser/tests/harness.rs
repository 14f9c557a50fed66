//! What the other tests lean on is true: a profile outlives its browser, files go in, paper and pictures come out.

use std::fs;

use anyhow::Result;
use gouji_browser_tests::static_server::StaticServer;
use gouji_browser_tests::{Page, on_every_browser, places};

const REMEMBER: &str = "new Promise((done, failed) => {
    const opening = indexedDB.open('harness');
    opening.onupgradeneeded = () => opening.result.createObjectStore('things');
    opening.onsuccess = () => {
        const writing = opening.result.transaction('things', 'readwrite');
        writing.objectStore('things').put('kept', 1);
        writing.oncomplete = () => { opening.result.close(); done(true); };
        writing.onabort = () => failed(writing.error);
    };
})";

const RECALL: &str = "new Promise((done, failed) => {
    const opening = indexedDB.open('harness');
    opening.onsuccess = () => {
        const reading = opening.result.transaction('things').objectStore('things').get(1);
        reading.onsuccess = () => { opening.result.close(); done(reading.result); };
        reading.onerror = () => failed(reading.error);
    };
})";

#[test]
fn profile_outlives_its_browser() {
    type Restart = fn(&mut Page) -> Result<()>;
    let restarts: [Restart; 2] = [Page::relaunch, Page::kill_and_relaunch];
    on_every_browser(|browser| {
        for restart in restarts {
            let mut page = browser.open_alone()?;
            page.eval(REMEMBER)?;
            page.reload()?;
            assert_eq!(page.eval(RECALL)?, "kept");
            restart(&mut page)?;
            page.open_app()?;
            assert_eq!(page.eval(RECALL)?, "kept");
        }
        Ok(())
    });
}

#[test]
fn nothing_is_left_from_one_page_to_the_next() {
    // One server, because what a browser keeps belongs to an address.
    let site = StaticServer::start(&places::dist(), "/", 0).expect("a server");
    on_every_browser(|browser| {
        for round in 0..3 {
            let mut page = browser.start()?;
            page.navigate(&site.url())?;
            let left = page.eval(
                "indexedDB.databases().then(all => [localStorage.left, document.cookie, all.some(d => d.name === 'harness')])",
            )?;
            assert_eq!(left, serde_json::json!([null, "", false]), "round {round}");
            page.eval("localStorage.left = document.cookie = 'left=behind'")?;
            page.eval(REMEMBER)?;
        }
        Ok(())
    });
}

#[test]
fn chosen_file_reaches_the_page() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.eval("document.body.insertAdjacentHTML('beforeend', '<input type=file hidden id=file>')")?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("表.json");
        fs::write(&file, "{}")?;
        page.choose_files("#file", &[&file])?;
        assert_eq!(page.eval("document.querySelector('#file').files[0].name")?, "表.json");
        Ok(())
    });
}

#[test]
fn keys_are_real_events_of_a_keyboard() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.eval(
            "document.body.insertAdjacentHTML('afterbegin', '<input id=one><input id=two>');
             window.seen = [];
             document.addEventListener('keydown', e => seen.push(e.key + (e.isTrusted ? '' : '!')));",
        )?;
        page.fill("#one", "1.5万")?;
        assert_eq!(page.value("#one")?, "1.5万");
        assert_eq!(page.eval("document.activeElement.id")?, "two");
        page.press("Shift+Tab")?;
        assert_eq!(page.eval("document.activeElement.id")?, "one");
        let seen = page.eval("seen.join(' ')")?;
        assert_eq!(seen, "a Delete 1 . 5 Tab Tab");
        page.fill("#one", "2")?;
        assert_eq!(page.value("#one")?, "2", "what was there is replaced");
        Ok(())
    });
}

#[test]
fn pictures_and_paper_come_out() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.set_viewport(390, 844)?;
        assert_eq!(page.eval("innerWidth + 'x' + innerHeight")?, "390x844");
        assert!(page.screenshot()?.starts_with(b"\x89PNG"));
        assert!(page.print_to_pdf()?.starts_with(b"%PDF"));
        Ok(())
    });
}

#[test]
fn trouble_in_the_console_is_seen() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.eval("setTimeout(() => { throw new Error('thrown') }); console.error('said')")?;
        page.eval("document.body.insertAdjacentHTML('beforeend', '<img src=\"http://localhost:1/blocked.png\">')")?;
        page.wait_until("true")?;
        let problems = page.problems()?.join("\n");
        for expected in ["thrown", "said", "Content Security Policy"] {
            assert!(problems.contains(expected), "{expected} is missing in: {problems}");
        }
        Ok(())
    });
}

#[test]
fn tabs_of_a_browser_share_what_it_keeps_and_take_the_focus_in_turn() {
    on_every_browser(|browser| {
        let mut first = browser.open()?;
        first.eval("window.focused = 0; addEventListener('focus', () => focused += 1)")?;
        first.eval(REMEMBER)?;
        let mut second = first.open_tab()?;
        second.open_app()?;
        assert_eq!(second.eval(RECALL)?, "kept");
        second.bring_to_front()?;
        let before = first.eval("focused")?;
        first.bring_to_front()?;
        first.wait_until(&format!("focused === {before} + 1"))?;

        first.eval("document.body.insertAdjacentHTML('afterbegin', '<input id=one>')")?;
        first.fill("#one", "1")?;
        assert_eq!(first.value("#one")?, "1");
        // Whichever goes first, the browser stays until the last has gone.
        drop(first);
        second.bring_to_front()?;
        assert_eq!(second.eval(RECALL)?, "kept");
        Ok(())
    });
}

#[test]
fn dragged_file_is_an_event_with_the_file_in_it() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        let url = page.file_url("boot-", ".js")?;
        page.navigate(&url)?;
        page.eval(
            "window.seen = [];
             for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) addEventListener(name, async event => {
                 event.preventDefault();
                 const file = name === 'drop' ? event.dataTransfer.files[0] : null;
                 seen.push(name + ' ' + Array.from(event.dataTransfer.types));
                 if (file) seen.push(file.name + ': ' + await file.text());
             })",
        )?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("表.json");
        fs::write(&file, "{\"名\": 1}")?;
        page.drag_over("body", &file)?;
        page.wait_until("seen.join() === 'dragenter Files,dragover Files'")?;
        page.drag_away("body", &file)?;
        page.wait_until("seen.join().endsWith('dragleave Files')")?;
        page.drop_file("body", &file)?;
        page.wait_until("seen.join().endsWith('drop Files,表.json: {\"名\": 1}')")
    });
}

#[test]
fn leaving_and_going_back_are_those_of_a_person() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let (home, elsewhere) = (page.site_url(), page.file_url("boot-", ".js")?);
        page.eval(
            "document.body.insertAdjacentHTML('afterbegin', '<input id=one>');
             addEventListener('beforeunload', event => { event.preventDefault(); event.returnValue = '' })",
        )?;
        page.fill("#one", "1")?;
        assert!(page.leave_for(&elsewhere)?, "the browser asks");
        assert_eq!(page.eval("location.href")?, elsewhere);
        page.go_back()?;
        assert_eq!(page.eval("location.href")?, home);
        page.wait_for("main")?;
        page.navigate(&elsewhere)?;
        assert!(!page.leave_for(&home)?, "nobody listens");
        Ok(())
    });
}

#[test]
fn double_click_and_downloads_are_counted_as_the_browser_does() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.eval(
            "document.body.insertAdjacentHTML('afterbegin', '<a id=one download=x.txt href=\"data:,x\">x</a>');
             window.details = [];
             document.querySelector('#one').addEventListener('click', event => {
                 details.push(event.detail);
                 event.target.download = details.length + '.txt';
             })",
        )?;
        page.double_click("#one")?;
        page.click("#one")?;
        assert_eq!(page.eval("details.join()")?, "1,2,1");
        for _ in 0..3 {
            page.take_download()?;
        }
        assert_eq!(page.downloads()?, 3);
        Ok(())
    });
}
