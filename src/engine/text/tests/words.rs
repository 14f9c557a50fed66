//! Slips of the pen, repeated passages, placeholders and counts of lists.

use super::{all_silent, all_told, of_cell, of_material, short};

#[test]
fn slips_are_told_with_their_right_words() {
    all_told(
        "W01",
        &[
            ("因资金紧张部分款项夸年度支付。", "夸年度→跨年度 1"),
            ("展现城市形像，提升形像。", "形像→形象 2"),
            ("开展品片宣传活动。", "品片→品牌 1"),
            ("研究全区对外宣传发展计划，知道、协调全区对外宣传工作。", "知道→指导 1"),
            ("对网络文化建设进行知道，协调、督促各部门。", "知道→指导 1"),
            ("截止2024年12月，共有人员18人。", "截止→截至 1"),
            ("（三）人员情况：截止 2024 年 12 月 31 日在职14人。", "截止→截至 1"),
            ("截止目前，已完成。", "截止→截至 1"),
            ("财政拔款收入598.25万元。", "拔款→拨款 1"),
            ("资金及时拔付到位。", "拔付→拨付 1"),
            ("按上级布署完成各项任务。", "布署→部署 1"),
            ("年未结转和结余0万元。", "年未结转和结余→年末结转和结余 1"),
            ("全部任务己完成。", "己完成→已完成 1"),
            ("意识型态工作", "意识型态→意识形态 1"),
            ("坚持勤检节约。", "勤检节约→勤俭节约 1"),
            ("2024年渡预算", "年渡→年度 1"),
        ],
    );
}

#[test]
fn right_words_are_no_slips() {
    all_silent(&[
        "大家知道，此事不易。",
        "群众不知道政策，我们知道了再去宣讲。",
        "报名截止日期为2024年12月31日。",
        "申报截止2024年12月31日。",
        "报名时间截止到12月。",
        "截至2024年12月，共有人员18人。",
        "截止日期前完成。",
        "跨年度支付，展现形象，打造品牌。",
        "产品片区规划，药品片剂，样品片材。",
        "海拔500米，选拔款式，提拔干部，计划拔河比赛。",
        "给予算力支持，赋予算法备案职责。",
        "中央网信办发布署名文章。",
        "教育部暑期安排。",
        "以经济建设为中心，以经验为依据。",
        "自己完成作业，不能代替自己支付。",
        "形势严峻工作艰巨。",
        "2024年未发生事故，2024年渡过难关。",
        "综合谐波治理。",
        "学习《形像艺术与品片宣传》一书。",
        "按排名分配，按排放量收费。",
        "小麦拔节期，年底前划拨资金。",
        "村庄地形像一把扇子，外形像船，图形像素高。",
        "发放慰问金10万元元旦前到位。",
        "组织留守人员编织竹篮，编织数量多。",
        "当时侯主任到会，届时侯书记讲话。",
        "反对浮夸部门作风。",
    ]);
}

const LONG: &str = "区委常委会会议安排“第一议题”学习23次，开展区委理论学习中心组学习12次。组建宣讲团，开展专题宣讲50余场，通过互动宣讲、快板等形式，积极开展基层微宣讲活动，有效实现镇（街道）全覆盖，机关、企业广泛覆盖。";

const NEXT: &str = "在各大影院和政务视频号播放网络安全宣传原创短视频，常态化开展风险摸排整治，稳妥处置涉区舆情，办理违法案件，查处非法宗教活动，围绕新材料产业、文旅融合、党建引领基层治理等重点工作，开展系列报道。";

fn changed(from: &str, to: &str) -> String {
    LONG.replace(from, to)
}

#[test]
fn passages_that_stand_twice_are_told() {
    let length = LONG.chars().filter(|c| !c.is_whitespace()).count();
    let next = NEXT.chars().count();
    for (text, expected) in [
        (format!("绩效情况如下：{LONG}\n（二）项目支出主要用于{LONG}"), format!("{length} 1")),
        (format!("{LONG}{LONG}"), format!("{length} 1")),
        // With the mark before it.
        (format!("一、{LONG}\n二、{LONG}\n三、{LONG}\n"), format!("{} 2", length + 1)),
        // Spaces and line breaks do not matter.
        (format!("一、{LONG}\n二、{}", changed("中心组", "中 心\n 组")), format!("{} 1", length + 1)),
        (format!("一、{}\n二、{LONG}", changed("，", "，　")), format!("{} 1", length + 1)),
        // Full-width and half-width characters are the same.
        (format!("一、{LONG}\n二、{}", changed("，", ",")), format!("{} 1", length + 1)),
        // Edited in one place: one passage, from its beginning to its end.
        (format!("一、{LONG}共三项。{NEXT}\n二、{LONG}共四项。{NEXT}"), format!("{} 1", length + 5 + next)),
        // A part of it.
        (format!("一、{LONG}\n二、{}", changed("机关、企业广泛覆盖。", "居民反映良好。")), format!("{} 1", length - 9)),
    ] {
        let said: Vec<String> = of_material(&text).iter().map(short).collect();
        assert_eq!(said, [expected], "{text}");
    }
}

#[test]
fn passages_in_two_cells_are_told() {
    let template = super::template();
    let mut filing = super::filing(&template);
    for key in ["goals.all.expected", "goals.all.achieved"] {
        filing.cells.insert(key.to_owned(), LONG.to_owned());
    }
    let found = super::findings(&template, &filing);
    assert_eq!(found.iter().map(|finding| finding.cells.join(" ")).collect::<Vec<_>>(), ["goals.all.expected"]);
}

#[test]
fn shorter_and_other_passages_are_not_told() {
    let short_one: String = LONG.chars().take(75).collect();
    let texts = [
        LONG.to_owned(),
        format!("一、{short_one}。\n二、{short_one}，"),
        "2024年度政府性基金预算财政拨款收入16万元，年初结转和结余0万元，支出16万元，其中基本支出0万元，项目支出16万元，年末结转和结余0万元。\n2024年度国有资本经营预算财政拨款收入27.76万元，年初结转和结余0万元，支出27.76万元，其中基本支出0万元，项目支出27.76万元，年末结转和结余0万元。".to_owned(),
        "-".repeat(400),
        "—— ".repeat(200),
        "……\n".repeat(200),
        "，。；".repeat(200),
        "无。\n".repeat(200),
        "一级指标\n二级指标\n三级指标\n年度指标值\n实际完成值\n分值\n得分\n偏差原因分析及改进措施\n产出指标\n数量指标\n质量指标\n时效指标\n效益指标\n经济效益指标\n社会效益指标\n生态效益指标\n可持续影响指标\n满意度指标\n".repeat(3),
        "12次\t12次\t5\t5\n".repeat(50),
        "哈".repeat(300),
        "满意占96%，基本满意占4%，不满意占0%。".repeat(8),
    ];
    for text in texts {
        let said: Vec<String> = of_material(&text).iter().map(short).collect();
        assert!(said.is_empty(), "{text}: {said:?}");
    }
    // The material is the document that the cells are a part of.
    let template = super::template();
    let mut filing = super::filing(&template);
    filing.cells.insert("goals.all.expected".to_owned(), LONG.to_owned());
    filing.report.insert(super::MATERIAL.to_owned(), LONG.to_owned());
    assert_eq!(super::findings(&template, &filing), []);
}

#[test]
fn placeholders_are_told() {
    all_told(
        "W03",
        &[
            ("一、基本情况（100字以内）\n本单位职能如下。", "(100字以内)"),
            ("（不超过500字）本单位是区委部门。", "(不超过500字)"),
            ("（二）主要成效（字数限800字以内）：", "(字数限800字以内)"),
            ("指标1：", "指标1:"),
            ("数量指标\n指标2\n12次", "指标2"),
            ("全年支出XX万元。", "XX万元"),
            ("XX年XX月XX日召开会议。", "XX年"),
            ("共有人员×××人，其中在职14人。", "×××人"),
            ("组织培训____次，覆盖全区。", "____次"),
            ("基本职能：（此处填写单位职能）", "(此处填写单位职能)"),
            ("单位名称：[请输入单位名称]", "[请输入单位名称]"),
            ("问题：【待补充】", "【待补充】"),
            ("点击此处输入文字", "点击此处输入文字"),
            ("主要成效如下。\n3.……", "3.……"),
            ("存在以下问题：……。", "以下问题:……"),
            ("三、……\n四、下一步措施", "三、……"),
        ],
    );
    let said: Vec<String> = of_cell("goals.all.achieved", "……").iter().map(short).collect();
    assert_eq!(said, ["……"]);
}

#[test]
fn masks_and_rows_of_the_form_are_no_placeholders() {
    all_silent(&[
        "填表人：某某",
        "优秀志愿者某某获评省级荣誉。",
        "当事人王××、李XX已调解。",
        "联系人手机138****5678、138xxxx5678、1387×××1234。",
        "项目支出：\n……\n3、区级专项资金",
        "……",
        "撰写调研报告（3000字以内）10篇。",
        "征集征文（800字以内）作品。",
        "他说：“……”",
        "办公费、差旅费、邮电费……",
        "面积10×20米，规格12XX3型。",
        "单位负责人签字：________",
        "日期：____年__月__日",
        "详情（请见附件2）。",
        "指标1：培训12次；指标2：宣讲5场。",
        "绩效指标3个全部完成。",
        "（100字）",
        "尺码为XXL，型号为XX-3。",
        "尾号XX的车辆",
    ]);
    assert_eq!(of_cell("funds.r1.name", "……"), []);
}

#[test]
fn counts_that_differ_from_their_lists_are_told() {
    all_told(
        "W04",
        &[
            ("内设机构3个：办公室、人事股。", "3≠2"),
            ("下设三个股室，即办公室、人事股、财务股、业务股。", "3≠4"),
            ("本镇包括4个村：东村、西村、南村。", "4≠3"),
            ("局机关内设5个股室，分别为：办公室、规划财务股、建设管理股、水资源股。", "5≠4"),
            ("下辖14个镇（街道）：白关镇、五里墩街道、枫溪街道。", "14≠3"),
            ("设内设机构４个，分别是办公室、人事股、财务股，所属事业单位情况见下。", "4≠3"),
            ("（二）内设机构：内设机构3个，即办公室（加挂信访室牌子）、人事股。", "3≠2"),
            ("开展了五项活动：送戏下乡、义诊服务、政策宣讲、法律咨询。", "5≠4"),
            ("本单位有两个所属单位：融媒体中心、新时代文明实践中心、网络信息中心。", "2≠3"),
            ("内设十二个科室：办公室、财务股和人事股。", "12≠2"),
            ("内设股室３个：“双拥”办公室、人事股。", "3≠2"),
        ],
    );
}

#[test]
fn lists_that_leave_a_doubt_say_nothing() {
    all_silent(&[
        "内设机构3个：办公室、人事股、财务股。",
        "内设机构3个：办公室、人事股和财务股。",
        "内设机构3个：办公室、人力资源和社会保障股、建设与运行管理股。",
        "内设机构14个：办公室、人事股等。",
        "内设机构5个：办公室、人事股……",
        "内设机构包括：文明办、办公室、意识形态股、网信办。所属事业单位1个，即区融媒体中心（非独立核算）。",
        "下设3个股室，包括：办公室、人事股。",
        "内设机构5个，其中：办公室、人事股各有3人。",
        "主要实施了5个项目：道路硬化、桥梁维修。",
        "共有7个预算单位，其中一级预算单位1个，二级预算单位6个：东校、西校、南校。",
        "设3个内设机构和2个事业单位：办公室、人事股、财务股、东中心、西中心。",
        "存在3个方面的问题：一是预算不细，二是执行偏慢。",
        "开展3项活动：走进社区、学校宣讲、文艺演出、志愿服务。",
        "内设机构3个：\n办公室、人事股",
        "下辖16个村（社区）：东村、西村及其他村。",
        "近10个部门：办公室、人事股。",
        "第3个机构：办公室、人事股。",
        "3-5个机构：办公室、人事股。",
        "1.5个机构：办公室、人事股。",
        "三至五个机构：办公室、人事股。",
        "10余个单位：办公室、人事股。",
        "设党政综合、经济发展等“五办一队四中心”共10个机构。",
        "内设办公室、财务股、人事股3个股室。",
        "7家单位：疾控中心、5家镇卫生院、2家社区中心。",
        "3个单位：办公室（含2个股）、人事股。",
        "内设机构3个：办公室（人事股、财务股。",
        "内设3个股室：组织、宣传股，办公室。",
        "编制数20名，实有人数18名：在职14人、聘用4人。",
        "项目2个：《东、西、南路改造》、桥梁维修。",
    ]);
}
