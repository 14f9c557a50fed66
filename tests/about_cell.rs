//! 本格说明: the ties of a cell as the rules of the form have them, its calculation with the figures, and the map, which
//! says nothing that the text beside it does not.

mod support;

use std::collections::BTreeSet;

use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::figures::Figures;
use gouji::engine::layout::Layout;
use gouji::engine::relation::State;
use gouji::engine::submission::Submission;
use gouji::engine::ties::around;
use gouji::render::cell_panel;
use gouji::words::Language;
use support::drawing::{attributes, is_well_formed, words_of};
use support::sample;

fn template() -> gouji::engine::template::Template {
    gouji::built_in_template("zhuzhou-department").expect("it is built in")
}

fn panel(filing: &Submission, key: &str) -> String {
    cell_panel(&template(), filing, Stage::Draft, key, Language::Chinese)
}

/// Each of these stands in the panel of a cell, tags aside.
#[track_caller]
fn says(filing: &Submission, key: &str, pieces: &[&str]) {
    let said = words_of(&panel(filing, key));
    for piece in pieces {
        assert!(said.contains(piece), "{piece}\n{said}");
    }
}

/// The sample as filed: 项目支出 381.36 in 附件2, 附件3 and the report; 278.40 were planned, 222.21 spent the year before.
#[test]
fn ties_are_those_that_the_rules_name() {
    let (template, filing) = (template(), sample(&[]));
    let layout = Layout::of(&template, &filing);
    let figures = Figures::read(&layout, Stage::Draft);
    let evaluation = evaluate(&template, &filing, Stage::Draft);
    let of = |key: &str| -> Vec<(String, State)> {
        around(&figures, &evaluation, key).into_iter().map(|tie| (tie.code, tie.state)).collect()
    };
    let told = |list: &[(&str, State)]| -> Vec<(String, State)> {
        list.iter().map(|(code, state)| ((*code).to_owned(), *state)).collect()
    };
    // 业务工作 43.76 and the fund 337.60 are the sum; it is above its budget and grew by more than 30 %.
    assert_eq!(
        of("funds.projects.final"),
        told(&[
            ("J03", State::Agrees),
            ("J14", State::Violated),
            ("J15", State::Violated),
            ("J13", State::Agrees),
            ("J17", State::Agrees),
            ("K01", State::Agrees),
        ])
    );
    // A plain part is in the sum of its subtotal; J16 lists rows and ties nothing.
    assert_eq!(of("funds.reception.final"), [("J01".to_owned(), State::Agrees), (String::new(), State::Agrees)]);
    assert_eq!(of("foot.phone.text"), []);
}

#[test]
fn sum_is_shown_with_the_figures_that_it_is_made_of() {
    says(
        &sample(&[]),
        "funds.projects.final",
        &[
            "项目支出·2024年决算数",
            "基础数据表 · 经费控制情况（万元）",
            "本格填 金额，单位万元",
            "现填 381.36 万元",
            "✓ 相符 J03 项目支出等于各类项目之和",
            "＝ 业务工作经费·2024年决算数 43.76 ±0.005",
            "＋ 区级专项资金·2024年决算数 337.60",
            "计算 381.36 填列 381.36 差额 0.00",
            "空白项按零计。",
            "相关审核关系（6 条）",
            "! 待核实 J14 决算数超过预算数",
            "i 提示 J15 决算数比上年增长较多",
        ],
    );
}

#[test]
fn figure_in_another_unit_is_shown_as_it_is_read() {
    says(&sample(&[("funds.public.final", "310300元")]), "funds.public.final", &["现填 310300元 → 31.03 万元"]);
    says(&sample(&[("funds.public.final", "31.03")]), "funds.public.final", &["现填 31.03 万元"]);
    says(&sample(&[("funds.public.final", "无")]), "funds.public.final", &["现填 无（不适用，合计中按 0 计）"]);
    says(&sample(&[("funds.public.final", "三十一")]), "funds.public.final", &["现填 三十一（"]);
    says(&sample(&[("staff.all.rate", "100")]), "staff.all.rate", &["现填 100%"]);
    // A target with its sign, number and unit.
    says(&sample(&[]), "indicators.r6.target", &["现填 ≥100场 → 不小于 100场"]);
}

/// 642.01 = blank + 381.36: the blank may be the rest, so nothing is wrong yet, and it is known what is missing.
#[test]
fn what_is_missing_is_named() {
    let filing = sample(&[("use.basic.amount", "")]);
    says(&filing, "use.total.amount", &["… 未填全 P02", "已填部分合计 381.36", "还缺： 自评表 基本支出"]);
    let html = panel(&filing, "use.total.amount");
    let missing = &html[html.find("还缺：").expect("it is told")..];
    assert!(missing.starts_with(
        "还缺：<button type=\"button\" class=\"link\" data-action=\"go-to\" data-on=\"use.basic.amount\""
    ));
    // At the end a blank is nothing, and the total is wrong.
    let wrong = cell_panel(&template(), &filing, Stage::Final, "use.total.amount", Language::Chinese);
    assert!(words_of(&wrong).contains("✗ 不符 P02"), "{wrong}");
}

#[test]
fn blank_total_is_offered_with_its_calculation() {
    let html = panel(&sample(&[("funds.projects.final", "")]), "funds.projects.final");
    let said = words_of(&html);
    assert!(said.contains("现填 未填，按算式应为 381.36 填入 381.36"), "{said}");
    assert!(html.contains("data-action=\"accept\" data-on=\"funds.projects.final\""));
    assert!(said.contains("＋ 可计算 J03"), "{said}");
}

/// (642.01 − 476.74) ÷ 476.74 = 165.27 ÷ 476.74 = 34.67 %; to be explained above 20 %.
#[test]
fn change_is_shown_with_its_limit() {
    says(
        &sample(&[]),
        "totals.all.adjusted",
        &["! 待核实 P16 预算调整率", "增减 165.27 增减率 34.67% 超过的须说明 20%"],
    );
    // (31.03 − 25.10) ÷ 25.10 = 5.93 ÷ 25.10 = 23.63 %.
    says(&sample(&[]), "funds.public.final", &["增减 5.93 增减率 23.63% 超过的须说明 30%"]);
    // No rule looks at 公务接待: (0.60 − 0.14) ÷ 0.14 = 328.57 %.
    says(&sample(&[]), "funds.reception.final", &["✓ 相符 与上年相比", "增减 0.46 增减率 328.57%"]);
}

#[test]
fn rate_is_shown_as_a_quotient() {
    says(
        &sample(&[]),
        "totals.all.rate",
        &["✓ 相符 P05", "＝ 年度资金总额·全年执行数 642.01", "÷ 年度资金总额·全年预算数 642.01", "计算 100% 填列 100%"],
    );
}

/// 476.74 were planned and 642.01 spent for 20 points: 20 × (1 − 165.27 ÷ 476.74) = 13.07, 20 × 476.74 ÷ 642.01 = 14.85.
#[test]
fn score_is_shown_by_its_rule_with_what_full_points_need() {
    for key in ["indicators.r15.score", "indicators.r15.actual"] {
        says(
            &sample(&[]),
            key,
            &[
                "642.01万元 超过 476.74万元：分值×（1－超出比例）＝13.07 或 分值×指标值÷完成值＝14.85",
                "整体支出·年度指标值 476.74万元",
                "整体支出·实际完成值 642.01万元",
                "按规则测算 13.07 现填得分 17 相差 3.93",
                "满分条件 实际完成值不超过 476.74万元",
            ],
        );
    }
    // 8 of 10 points for 80 % of the budget spent.
    let filing = sample(&[("totals.all.executed", "513.608"), ("totals.all.score", "8")]);
    says(
        &filing,
        "totals.all.score",
        &[
            "10×513.608÷642.01，最高 10",
            "按规则测算 8 现填得分 8 相差 0",
            "全年执行数达到全年预算数 642.01，还差 128.402",
        ],
    );
    says(&sample(&[]), "indicators.total.score", &["总分 97 优", "等级 优 90 分起"]);
}

#[test]
fn english_has_its_own_words_and_the_forms_names() {
    let html = cell_panel(&template(), &sample(&[]), Stage::Draft, "funds.projects.final", Language::English);
    let said = words_of(&html);
    for piece in ["This cell takes an amount in 10,000 yuan", "✓ agrees J03", "Computed 381.36 Entered 381.36"] {
        assert!(said.contains(piece), "{piece}\n{said}");
    }
    assert!(!said.contains("未填") && !said.contains("{"), "{said}");
}

/// Of every cell: well-formed, and each link and figure of the map stands in the text too.
#[test]
fn map_says_nothing_that_the_text_does_not() {
    let template = template();
    let mut maps = 0;
    for filing in
        [sample(&[("funds.public.final", "310300.00"), ("use.basic.amount", "")]), Submission::blank(&template, "a")]
    {
        let keys: Vec<String> = Layout::of(&template, &filing).fields().iter().map(|field| field.key.clone()).collect();
        for key in keys {
            let html = panel(&filing, &key);
            is_well_formed(&html);
            let Some((before, rest)) = html.split_once("<svg") else { continue };
            let (map, after) = rest.split_once("</svg>").expect("it ends");
            maps += 1;
            let text = [before, after].concat();
            let leads: BTreeSet<String> = attributes(map, "data-on").into_iter().collect();
            let told: BTreeSet<String> = attributes(&text, "data-on").into_iter().collect();
            assert!(leads.is_subset(&told), "{key}: {:?}", leads.difference(&told).collect::<Vec<_>>());
            let words = words_of(&text);
            for (name, _) in map.split("<title>").skip(1).filter_map(|rest| rest.split_once("</title>")) {
                let figure = name.rsplit(' ').next().unwrap_or_default().to_owned();
                assert!(figure == "未填" || words.contains(&figure), "{key}: {name}");
            }
            assert!(!html.contains("style="), "{key}: the policy forbids it");
        }
    }
    assert!(maps > 100, "only {maps} cells have a map");
}

#[test]
fn no_such_cell_says_nothing() {
    assert_eq!(panel(&sample(&[]), "funds.nowhere.final"), "");
    assert_eq!(panel(&sample(&[]), ""), "");
}
