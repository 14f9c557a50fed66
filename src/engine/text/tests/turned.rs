//! Hidden marks that turn the direction of writing.

use super::{all_silent, all_told, filing, of_cell, short, template};
use crate::engine::layout::Layout;
use crate::engine::text::review::{mended, review};

#[test]
fn marks_of_direction_are_told() {
    all_told(
        "V05",
        &[
            ("补助\u{202e}321", "1"),
            ("\u{202e}放映员", "1"),
            ("放映\u{202e}员\u{202c}补助", "2"),
            ("\u{202d}完成\u{202c}", "2"),
            ("\u{202a}完成\u{202c}", "2"),
            ("\u{202b}完成\u{202c}", "2"),
            ("已\u{2066}按期\u{2069}完成", "2"),
            ("已\u{2067}按期完成", "1"),
            ("第一行\n第二\u{2068}行", "1"),
        ],
    );
}

#[test]
fn other_hidden_marks_and_emoji_turn_nothing() {
    all_silent(&[
        "放映员补助",
        "放映🎬补助",
        "👨‍👩‍👧 家庭医生",
        "零宽\u{200b}空格",
        "\u{feff}从文件粘贴",
        "左至右\u{200e}标记",
        "右至左\u{200f}标记",
        "不换行\u{a0}空格",
        "软连\u{ad}字符",
        "全角\u{3000}空格",
        "词\u{2060}连接",
        "é 与 e\u{301}",
    ]);
}

#[test]
fn one_press_takes_them_out_and_leaves_the_rest() {
    let found = of_cell("thrift.all.text", "厉行\u{202e}节约\u{202c}。");
    assert_eq!(found.iter().map(short).collect::<Vec<_>>(), ["2"]);
    let template = template();
    let mut filing = filing(&template);
    filing.cells.insert("thrift.all.text".to_owned(), "厉行\u{202e}节约\u{202c}。".to_owned());
    let layout = Layout::of(&template, &filing);
    let told = review(&layout);
    let turned = told.iter().find(|(finding, _)| finding.code == "V05").expect("it is told");
    assert_eq!(mended(&turned.0, &layout), Some(("thrift.all.text".to_owned(), "厉行节约。".to_owned())));
}
