//! The site.

use super::model::{FieldDocs, KindDocs, PackageDocs, Site};
use super::text::{escape, html, inline};
use herz_dsl::explain::summary;
use std::fmt::Write;

/// All files: an index, a page for each kind, the changes of each package, style and search.
pub(super) fn files(site: &Site) -> Vec<(String, String)> {
    let mut files = vec![
        ("index.html".to_owned(), index(site)),
        (
            "assets/style.css".to_owned(),
            include_str!("assets/style.css").to_owned(),
        ),
        (
            "assets/site.js".to_owned(),
            include_str!("assets/site.js").to_owned(),
        ),
        ("assets/index.js".to_owned(), search_index(site)),
    ];
    for (package, kind) in site.kinds() {
        files.push((address(package, kind), kind_page(site, package, kind)));
    }
    for package in site.packages.iter().filter(|one| one.releases.len() > 1) {
        let path = format!("{}/changes.html", package.name);
        files.push((path, changes_page(site, package)));
    }
    files
}

fn address(package: &PackageDocs, kind: &KindDocs) -> String {
    format!("{}/{}.html", package.name, kind.name)
}

/// What every page has around it. `up` leads to the site's folder.
fn around(site: &Site, title: &str, up: &str, body: &str) -> String {
    let (site_title, title) = (escape(&site.title), escape(title));
    format!(
        "<!doctype html>\n<html lang=\"en\" data-up=\"{up}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{up}assets/style.css\">\n</head>\n<body>\n<header>\n<a href=\"{up}index.html\">{site_title}</a>\n\
         <div class=\"search\"><input id=\"search\" type=\"search\" placeholder=\"Search kinds and fields\" \
         aria-label=\"Search kinds and fields\" autocomplete=\"off\"><ul id=\"found\"></ul></div>\n</header>\n{body}\
         <script src=\"{up}assets/index.js\"></script>\n<script src=\"{up}assets/site.js\"></script>\n</body>\n</html>\n"
    )
}

fn index(site: &Site) -> String {
    let mut body = format!("<main>\n<h1>{}</h1>\n", escape(&site.title));
    for package in &site.packages {
        let _ = writeln!(body, "<h2>{}</h2>", escape(&package.name));
        body.push_str(&html(&package.doc));
        if let (Some(first), Some(last)) = (package.releases.first(), package.releases.last())
            && first != last
        {
            let _ = writeln!(
                body,
                "<p>Releases of {} from {first} to {last}. <a href=\"{}/changes.html\">What changed between them</a></p>",
                escape(&package.platform),
                escape(&package.name)
            );
        }
        body.push_str("<ul class=\"kinds\">\n");
        for kind in &package.kinds {
            let _ = writeln!(
                body,
                "<li><a href=\"{}\"><b>{}</b><span>{}</span></a></li>",
                escape(&address(package, kind)),
                escape(&kind.name),
                inline(&kind.summary)
            );
        }
        body.push_str("</ul>\n");
    }
    body.push_str("</main>\n");
    around(site, &site.title, "", &body)
}

fn kind_page(site: &Site, package: &PackageDocs, kind: &KindDocs) -> String {
    let mut body = String::from(
        "<div class=\"page\">\n<nav aria-label=\"Fields\"><details id=\"outline\" open><summary>Fields</summary><ul>\n",
    );
    for field in &kind.fields {
        let last = field.path.rsplit('.').next().unwrap_or_default();
        let _ = writeln!(
            body,
            "<li style=\"padding-left:{}rem\"><a href=\"#{}\">{}</a></li>",
            0.8 * f64::from(u8::try_from(field.depth.saturating_sub(1)).unwrap_or(u8::MAX)),
            escape(&anchor(&field.path)),
            escape(if field.depth == 1 { &field.path } else { last }),
        );
    }
    let _ = writeln!(
        body,
        "</ul></details></nav>\n<main>\n<h1>{}</h1>\n<p class=\"facts\"><code>apiVersion: {}</code> · {}</p>",
        escape(&kind.name),
        escape(&kind.api_version),
        kind.page
            .facts
            .iter()
            .map(|fact| inline(fact))
            .collect::<Vec<_>>()
            .join(" · ")
    );
    body.push_str(&html(&kind.page.doc));
    if !kind.page.examples.is_empty() {
        body.push_str("<h2 id=\"examples\">Examples</h2>\n");
        for example in &kind.page.examples {
            let _ = writeln!(
                body,
                "<pre><code>{}</code></pre>",
                escape(example.trim_end())
            );
        }
    }
    rules(&kind.page.rules, "<h2 id=\"rules\">Rules</h2>\n", &mut body);
    body.push_str("<h2 id=\"fields\">Fields</h2>\n");
    for one in &kind.fields {
        field(package, one, &mut body);
    }
    body.push_str("</main>\n</div>\n");
    around(
        site,
        &format!("{} · {}", kind.name, site.title),
        "../",
        &body,
    )
}

fn rules(rules: &[String], head: &str, body: &mut String) {
    if rules.is_empty() {
        return;
    }
    body.push_str(head);
    body.push_str("<ul>\n");
    for rule in rules {
        let _ = writeln!(body, "<li>{}</li>", inline(rule));
    }
    body.push_str("</ul>\n");
}

fn field(package: &PackageDocs, field: &FieldDocs, body: &mut String) {
    let page = &field.page;
    let (above, name) = field.path.rsplit_once('.').unwrap_or(("", &field.path));
    let id = escape(&anchor(&field.path));
    let _ = write!(
        body,
        "<section class=\"field\" id=\"{id}\">\n<h3><a href=\"#{id}\"><span class=\"above\">{}.</span>{}</a>",
        escape(above),
        escape(name)
    );
    if page.facts.iter().any(|fact| fact == "required") {
        body.push_str(" <span class=\"tag must\">required</span>");
    }
    body.push_str("</h3>\n<p class=\"facts\">");
    let _ = write!(body, "<b>{}</b>", escape(&page.ty));
    if let Some(grammar) = field.grammar {
        let _ = write!(body, " · written as {}", inline(grammar));
    }
    for fact in page.facts.iter().filter(|fact| *fact != "required") {
        let _ = write!(body, " · {}", inline(fact));
    }
    body.push_str("</p>\n");
    body.push_str(&html(&page.doc));
    if let Some(kind) = &field.see {
        let (package, kind) = (escape(&package.name), escape(kind));
        let _ = writeln!(
            body,
            "<p>Its fields are those of <a href=\"../{package}/{kind}.html#fields\">{kind}</a>.</p>"
        );
    }
    if !page.values.is_empty() {
        body.push_str("<dl>\n");
        for value in &page.values {
            let life = if value.life.is_empty() {
                String::new()
            } else {
                format!(" <span class=\"facts\">{}</span>", escape(&value.life))
            };
            let _ = writeln!(
                body,
                "<dt>{}</dt><dd>{}{life}</dd>",
                escape(&value.name),
                inline(&value.summary)
            );
        }
        body.push_str("</dl>\n");
    }
    rules(&page.rules, "", body);
    if !page.examples.is_empty() {
        let shown: Vec<String> = page
            .examples
            .iter()
            .map(|example| format!("<code>{}</code>", escape(example)))
            .collect();
        let _ = writeln!(
            body,
            "<p class=\"facts\">For example {}</p>",
            shown.join(", ")
        );
    }
    body.push_str("</section>\n");
}

/// The place of a field in its page: as its path, without the marks of lists.
fn anchor(path: &str) -> String {
    path.replace("[]", "")
}

fn changes_page(site: &Site, package: &PackageDocs) -> String {
    let mut body = format!(
        "<main>\n<h1>Changes of {}</h1>\n<p>What manifests may say that the release before did not know, and the other way round.</p>\n",
        escape(&package.platform)
    );
    let options = |chosen: Option<&String>| {
        let mut out = String::new();
        for release in &package.releases {
            let mark = if Some(release) == chosen {
                " selected"
            } else {
                ""
            };
            let _ = write!(out, "<option{mark}>{}</option>", escape(release));
        }
        out
    };
    let _ = writeln!(
        body,
        "<div class=\"pick\" hidden><label>from <select>{}</select></label> <label>to <select>{}</select></label> <output></output></div>",
        options(package.releases.first()),
        options(package.releases.last())
    );
    // The newest release first.
    let mut changes: Vec<_> = package.changes.iter().collect();
    changes.sort_by(|a, b| b.release.cmp(&a.release).then_with(|| a.cmp(b)));
    let mut open = None;
    for change in changes {
        if open != Some(&change.release) {
            if open.is_some() {
                body.push_str("</ul>\n</section>\n");
            }
            let _ = writeln!(
                body,
                "<section data-release=\"{0}\">\n<h2 id=\"{0}\">{0}</h2>\n<ul class=\"changes\">",
                change.release
            );
            open = Some(&change.release);
        }
        let (kind, path) = (escape(&change.kind), escape(&change.path));
        let place = if path.is_empty() {
            format!("<a href=\"{kind}.html\">{kind}</a>")
        } else {
            // All of `spec` has no place of its own.
            let at = if path.contains('.') {
                anchor(&path)
            } else {
                "fields".to_owned()
            };
            format!("<a href=\"{kind}.html#{at}\">{kind}.{path}</a>")
        };
        let _ = writeln!(
            body,
            "<li><span class=\"tag {0}\">{0}</span> {place}: {1}</li>",
            change.what,
            inline(&change.text)
        );
    }
    if open.is_some() {
        body.push_str("</ul>\n</section>\n");
    }
    body.push_str("</main>\n");
    let title = format!("Changes of {} · {}", package.platform, site.title);
    around(site, &title, "../", &body)
}

/// What the search looks through: name, address, summary.
fn search_index(site: &Site) -> String {
    let mut rows = Vec::new();
    for (package, kind) in site.kinds() {
        let address = address(package, kind);
        rows.push([
            kind.name.clone(),
            address.clone(),
            kind.summary.replace('`', ""),
        ]);
        for field in &kind.fields {
            rows.push([
                format!("{}.{}", kind.name, anchor(&field.path)),
                format!("{address}#{}", anchor(&field.path)),
                summary(&field.page.doc).replace('`', ""),
            ]);
        }
    }
    let mut out = String::from("const INDEX = [\n");
    for row in rows {
        // Nothing in a text may look like markup, wherever the file ends up.
        let row = serde_json::to_string(&row)
            .unwrap_or_default()
            .replace('<', "\\u003c");
        out.push_str(&row);
        out.push_str(",\n");
    }
    out.push_str("];\n");
    out
}
