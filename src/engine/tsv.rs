//! Tables as spreadsheets write them to the clipboard: tabs and line breaks, quotes around a cell that has either.

/// Rows and cells. The line break at the end is no row.
pub fn read(text: &str) -> Vec<Vec<String>> {
    let mut table = vec![vec![String::new()]];
    let mut quoted = false;
    let mut rest = text.strip_suffix('\n').unwrap_or(text).chars().filter(|c| *c != '\r').peekable();
    while let Some(c) = rest.next() {
        let row = table.last_mut();
        let Some(cell) = row.and_then(|row| row.last_mut()) else { break };
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => table.last_mut().into_iter().for_each(|row| row.push(String::new())),
            '\n' if !quoted => table.push(vec![String::new()]),
            _ => cell.push(c),
        }
    }
    table
}

/// The same as a text; each row ends with a line break, so that a last one that is blank is a row, too.
pub fn write(table: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in table {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push('\t');
            }
            if cell.starts_with('"') || cell.contains(['\t', '\n', '\r']) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(cell);
            }
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        assert_eq!(read(text), expected, "{text:?}");
    }

    #[test]
    fn clipboard_of_a_spreadsheet_is_a_table() {
        check("1", &[&["1"]]);
        check("1\n", &[&["1"]]);
        check("1\r\n", &[&["1"]]);
        check("1\t2\n3\t4\n", &[&["1", "2"], &["3", "4"]]);
        check("1\r\n\r\n2\r\n", &[&["1"], &[""], &["2"]]);
        check("\t\n", &[&["", ""]]);
        check("\"a\nb\"\t\"say \"\"x\"\"\"\n", &[&["a\nb", "say \"x\""]]);
        check("5\"\t6", &[&["5\"", "6"]]);
        check("", &[&[""]]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let rows = |rows: &[&[&str]]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
        };
        let table =
            rows(&[&["1234.50", "98.5%", ""], &["一\n二", "a\tb", "\"甲\""], &["5\"", "说“好”", ""], &["", "", ""]]);
        let text = write(&table);
        assert_eq!(text, "1234.50\t98.5%\t\n\"一\n二\"\t\"a\tb\"\t\"\"\"甲\"\"\"\n5\"\t说“好”\t\n\t\t\n");
        assert_eq!(read(&text), table);
        let column = rows(&[&["1"], &[""]]);
        assert_eq!(read(&write(&column)), column, "a blank cell at the end of a column is one of it");
    }
}
