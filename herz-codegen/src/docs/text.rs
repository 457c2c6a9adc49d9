//! Markdown of schemas as HTML: paragraphs, lists, code, links. Anything else is text.

use crate::lower::{Block, blocks};

/// A text with the characters of HTML escaped; fit for attributes too.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Markdown as HTML.
pub(super) fn html(markdown: &str) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks(markdown) {
        let item = match &block {
            Block::Text(lines) => lines.first().is_some_and(|line| line.starts_with("• ")),
            Block::Code(_) => false,
        };
        if item != in_list {
            out.push_str(if item { "<ul>\n" } else { "</ul>\n" });
            in_list = item;
        }
        match block {
            Block::Text(lines) => {
                let text = lines.join(" ");
                let text = text.strip_prefix("• ").unwrap_or(&text);
                let tag = if item { "li" } else { "p" };
                out.push_str(&format!("<{tag}>{}</{tag}>\n", inline(text)));
            }
            Block::Code(lines) => {
                out.push_str(&format!(
                    "<pre><code>{}</code></pre>\n",
                    escape(&lines.join("\n"))
                ));
            }
        }
    }
    if in_list {
        out.push_str("</ul>\n");
    }
    out
}

/// Code spans, links to the web, and bold; the rest escaped.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::new();
    let mut is_code = false;
    for part in text.split('`') {
        if is_code {
            out.push_str(&format!("<code>{}</code>", escape(part)));
        } else {
            out.push_str(&emphasis(&links(part)));
        }
        is_code = !is_code;
    }
    out
}

/// `*word*` as emphasis: a star before a letter, and one behind the last letter.
fn emphasis(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('*') {
        out.push_str(before);
        let inner = behind.split_once('*').filter(|(inner, _)| {
            let is_word = |c: char| c.is_alphanumeric();
            inner.starts_with(is_word) && inner.ends_with(is_word) && !inner.contains('<')
        });
        if let Some((inner, behind)) = inner {
            out.push_str(&format!("<em>{inner}</em>"));
            rest = behind;
        } else {
            out.push('*');
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}

/// `[text](https://…)` as links. Other addresses stay text: a schema must not bring scripts in.
fn links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('[') {
        let link = behind.split_once("](").and_then(|(label, behind)| {
            let (address, behind) = behind.split_once(')')?;
            let is_web = address.starts_with("https://") || address.starts_with("http://");
            (is_web && !label.contains('[')).then_some((label, address, behind))
        });
        out.push_str(&escape(before));
        if let Some((label, address, behind)) = link {
            out.push_str(&format!(
                "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
                escape(address),
                escape(label)
            ));
            rest = behind;
        } else {
            out.push('[');
            rest = behind;
        }
    }
    out.push_str(&escape(rest));
    out
}

#[cfg(test)]
mod tests {
    use super::{html, inline};

    #[test]
    fn hostile_texts_are_text() {
        assert_eq!(inline("a <b> & \"c\""), "a &lt;b&gt; &amp; &quot;c&quot;");
        assert_eq!(inline("`<script>` x"), "<code>&lt;script&gt;</code> x");
        assert_eq!(inline("[a](javascript:x)"), "[a](javascript:x)");
        assert_eq!(
            inline("see [the page](https://a.example/?q=\"x\")."),
            "see <a href=\"https://a.example/?q=&quot;x&quot;\" rel=\"noreferrer\">the page</a>."
        );
        assert_eq!(inline("[[a](b"), "[[a](b");
        assert_eq!(
            inline("an *error* is 2 * 3 * 4"),
            "an <em>error</em> is 2 * 3 * 4"
        );
    }

    #[test]
    fn paragraphs_lists_and_code() {
        assert_eq!(
            html("one\ntwo\n\n- a\n- `b`\n\nend\n```\n<x>\n```\n"),
            "<p>one two</p>\n<ul>\n<li>a</li>\n<li><code>b</code></li>\n</ul>\n<p>end</p>\n<pre><code>&lt;x&gt;</code></pre>\n"
        );
        assert_eq!(html(""), "");
    }
}
