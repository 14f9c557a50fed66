//! The engine for scripts of a host page: plain objects, amounts as strings, mistakes as exceptions with a sentence.

use gouji_browser_tests::on_every_browser;
use serde_json::Value;

use crate::*;

#[test]
fn submission_is_made_and_evaluated() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let blank = page.eval("gouji.blankSubmission('zhuzhou-department', 'x')")?;
        assert_eq!(blank["format"], "gouji-submission");
        assert_eq!(blank["draft_id"], "x");
        assert_eq!(blank["cells"]["totals.all.weight"], "10", "maps are plain objects");

        let result = page.eval(
            "(async () => {
                const submission = await gouji.blankSubmission('zhuzhou-department', 'x');
                submission.cells['funds.three_public.final'] = '12345678901.25';
                submission.cells['funds.reception.final'] = '12345678901.24';
                return gouji.evaluate(submission, 'final');
            })()",
        )?;
        assert_eq!(result["format"], "gouji-evaluation");
        assert_eq!(result["stage"], "final");
        let findings = result["findings"].as_array().expect("findings are a list");
        let sum = findings.iter().find(|finding| finding["code"] == "J01").expect("the sum is found wrong");
        assert!(sum["cells"].as_array().is_some_and(|cells| cells.contains(&json!("funds.three_public.final"))));
        let text = sum.to_string();
        assert!(text.contains("\"12345678901.25\""), "amounts are strings, to the last digit: {text}");
        assert!(!has_fraction(&result), "no amount passes through a number: {result}");
        Ok(())
    });
}

#[test]
fn every_form_is_known() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let result = page.eval(
            "(async () => {
                const submission = await gouji.blankSubmission('project-expenditure', 'x');
                submission.cells['totals.all.executed'] = '1';
                submission.cells['totals.grant.executed'] = '2';
                return gouji.evaluate(submission, 'final');
            })()",
        )?;
        let findings = result["findings"].as_array().expect("findings are a list");
        assert!(findings.iter().any(|finding| finding["code"] == "X01"), "{result}");
        Ok(())
    });
}

/// Whether a number that is not whole stands anywhere.
fn has_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(values) => values.iter().any(has_fraction),
        Value::Object(values) => values.values().any(has_fraction),
        _ => false,
    }
}

#[test]
fn mistakes_are_thrown_with_a_sentence_and_the_page_goes_on() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let blank = "await gouji.blankSubmission('zhuzhou-department', 'x')";
        for (call, words) in [
            (format!("gouji.evaluate({blank}, 'finale')"), "stage is \"draft\" or \"final\", not \"finale\""),
            ("gouji.blankSubmission('else', 'x')".to_owned(), "there is no built-in template \"else\""),
            (
                format!(
                    "(async () => {{ const s = {blank}; s.template.id = 'else'; return gouji.evaluate(s, 'final') }})()"
                ),
                "there is no built-in template \"else\"",
            ),
            (
                format!(
                    "(async () => {{ const s = {blank}; s.cells['x.y.z'] = '1'; return gouji.evaluate(s, 'final') }})()"
                ),
                "x.y.z",
            ),
            (
                format!(
                    "(async () => {{ const s = {blank}; s.cells['staff.all.quota'] = 14; return gouji.evaluate(s, 'final') }})()"
                ),
                "cells.staff.all.quota: expected a text, found the number 14",
            ),
            ("gouji.evaluate({}, 'final')".to_owned(), "这不是本程序导出的自评表文件"),
            ("gouji.evaluate(null, 'final')".to_owned(), "这不是本程序导出的自评表文件"),
        ] {
            let said = page.eval(&format!(
                "(async () => {{ try {{ await {call}; return 'nothing thrown' }} catch (e) {{ return e.message }} }})()"
            ))?;
            assert!(said.as_str().is_some_and(|said| said.contains(words)), "{call}: {said}");
        }
        open_sample(&mut page)?;
        assert!(!is_shown(&mut page, &part("crash"))?);
        Ok(())
    });
}
