//! A Markdown page as its blocks of YAML and TOML.

use super::announce::{self, Announced};
use std::path::{Path, PathBuf};

/// A Markdown page.
#[derive(Debug)]
pub struct Page {
    /// Where it lies.
    pub path: PathBuf,
    /// Its first line.
    pub title: String,
    /// Its blocks of YAML and TOML.
    pub blocks: Vec<Block>,
    /// What could not be understood: line and reason.
    pub mistakes: Vec<(u32, String)>,
}

/// A fenced block of YAML or TOML.
#[derive(Debug)]
pub struct Block {
    /// Line of its first line in the page, from 1.
    pub line: u32,
    /// Number of the section (what stands between two headings) that it is in.
    pub section: u32,
    /// The words behind `yaml` or `toml`.
    pub words: Vec<String>,
    /// Its text.
    pub text: String,
    /// The findings that it announces.
    pub announced: Vec<Announced>,
}

impl Page {
    /// Reads a page.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        Ok(Self::parse(path, &std::fs::read_to_string(path)?))
    }

    /// Understands a page's text.
    pub fn parse(path: &Path, text: &str) -> Self {
        let mut page = Self {
            path: path.to_owned(),
            title: text.lines().next().unwrap_or("").to_owned(),
            blocks: Vec::new(),
            mistakes: Vec::new(),
        };
        let mut section = 0;
        let mut before: Vec<Announced> = Vec::new();
        let mut lines = (1_u32..).zip(text.lines());
        while let Some((number, line)) = lines.next() {
            if line.starts_with('#') {
                section += 1;
            }
            if let Some(comment) = line
                .strip_prefix("<!--")
                .and_then(|rest| rest.trim_end().strip_suffix("-->"))
            {
                match announce::of_comment(comment) {
                    Ok(announced) => before.extend(announced),
                    Err(mistake) => page.mistakes.push((number, mistake)),
                }
            }
            let ticks = line.len() - line.trim_start_matches('`').len();
            let (Some(fence), Some(info)) =
                (line.get(..ticks).filter(|_| ticks >= 3), line.get(ticks..))
            else {
                continue;
            };
            let mut block = Block {
                line: number + 1,
                section,
                words: info.split_whitespace().skip(1).map(str::to_owned).collect(),
                text: String::new(),
                announced: std::mem::take(&mut before),
            };
            let mut closed = false;
            for (_, line) in lines.by_ref() {
                if line.trim_end() == fence {
                    closed = true;
                    break;
                }
                block.text.push_str(line);
                block.text.push('\n');
            }
            if !closed {
                page.mistakes
                    .push((number, "this block is never closed".to_owned()));
            }
            // Other TOML, such as herz.toml, is only shown.
            let ours = match info.split_whitespace().next() {
                Some("yaml") => true,
                Some("toml") => info.split_whitespace().nth(1) == Some("matrix"),
                _ => false,
            };
            if !ours {
                continue;
            }
            for (number, line) in (1_u32..).zip(block.text.lines()) {
                match announce::of_line(line, number) {
                    Ok(announced) => block.announced.extend(announced),
                    Err(mistake) => page.mistakes.push((block.line + number - 1, mistake)),
                }
            }
            page.blocks.push(block);
        }
        page.mistakes.extend(before.iter().map(|one| {
            (
                0,
                format!("no block follows the announcement of {}", one.code),
            )
        }));
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_with_their_places() {
        let text = "# Title\n\ntext\n\n```yaml tree\na: 1 # error: HZ0001\n```\n\n## Next\n\n\
                    <!-- error: HZ0002 line=1 \"x\" -->\n````yaml at=a@1.0.0\n```\n````\n```text\n# error: HZ\n```\n";
        let page = Page::parse(Path::new("a.md"), text);
        assert_eq!(page.title, "# Title");
        assert_eq!(page.mistakes, []);
        let seen: Vec<_> = page
            .blocks
            .iter()
            .map(|b| (b.line, b.section, b.words.join(" "), b.text.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                (6, 1, "tree".to_owned(), "a: 1 # error: HZ0001\n"),
                (13, 2, "at=a@1.0.0".to_owned(), "```\n")
            ]
        );
        let codes = page.blocks.iter().map(|b| {
            b.announced
                .iter()
                .map(|a| a.code.as_str())
                .collect::<Vec<_>>()
        });
        assert_eq!(codes.collect::<Vec<_>>(), [["HZ0001"], ["HZ0002"]]);
    }

    #[test]
    fn mistakes_have_places() {
        let page = Page::parse(Path::new("a.md"), "\n```yaml\na # error: HZ1\n");
        assert_eq!(
            page.mistakes
                .iter()
                .map(|mistake| mistake.0)
                .collect::<Vec<_>>(),
            [2, 3]
        );
        let lost = Page::parse(Path::new("a.md"), "<!-- error: HZ0001 line=1 -->\n");
        assert_eq!(lost.mistakes.len(), 1);
    }
}
