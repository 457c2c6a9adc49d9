//! Findings as text for people. The only place that names the library which draws them.

use super::excerpt::{Excerpt, clean, clean_line};
use super::{Texts, hints, place};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::source::{Source, Span};
use annotate_snippets as draw;
use annotate_snippets::{AnnotationKind, Group, Origin, Patch, Renderer, Snippet};
use std::fmt;

/// Lines between two places up to which they are shown as one piece.
const NEAR: u32 = 40;

/// How the text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether to colour it.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for TextOptions {
    /// No colour, 140 columns.
    fn default() -> Self {
        Self {
            color: false,
            width: 140,
        }
    }
}

/// Writes findings as text: level and code, message, `file:line:col`, the source line with a caret,
/// other places, hints, and a fix as a patch. A blank line follows each.
pub fn text(
    out: &mut dyn fmt::Write,
    diagnostics: &[Diagnostic],
    texts: &dyn Texts,
    options: TextOptions,
) -> fmt::Result {
    let renderer = if options.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(options.width);
    diagnostics.iter().try_for_each(|diagnostic| {
        let parts = Drawing::new(diagnostic, texts);
        let drawing = renderer.render(&parts.groups(diagnostic));
        if parts.pieces.iter().any(|piece| piece.excerpt.is_cut()) {
            drawing
                .lines()
                .filter(|line| !is_bare(line))
                .try_for_each(|line| writeln!(out, "{line}"))?;
        } else {
            writeln!(out, "{drawing}")?;
        }
        writeln!(out)
    })
}

/// Whether a line is the mark of another place without the place: the library draws one when a
/// snippet follows an origin.
fn is_bare(line: &str) -> bool {
    let mut rest = line;
    let mut shown = String::new();
    while let Some((before, escape)) = rest.split_once('\u{1b}') {
        shown.push_str(before);
        rest = escape.split_once('m').map_or("", |(_, behind)| behind);
    }
    shown.push_str(rest);
    shown.trim() == ":::"
}

/// Places of one source that stand near each other.
struct Piece<'a> {
    source: &'a Source,
    name: String,
    excerpt: Excerpt,
    /// Place, what is said there, whether it is the finding's own.
    places: Vec<(Span, String, bool)>,
}

impl Piece<'_> {
    fn draw<'d>(&'d self, group: Group<'d>) -> Group<'d> {
        let snippet = Snippet::source(&*self.excerpt.text)
            .line_start(self.excerpt.first_line)
            .annotations(self.places.iter().map(|(span, label, own)| {
                let kind = if *own {
                    AnnotationKind::Primary
                } else {
                    AnnotationKind::Context
                };
                kind.span(self.excerpt.mark(self.source, *span))
                    .label((!label.is_empty()).then_some(&**label))
            }));
        if !self.excerpt.is_cut() {
            return group.element(snippet.path(&self.name));
        }
        // The library would count columns in what is left of a cut line.
        let Some((first, _, _)) = self.places.first() else {
            return group;
        };
        let position = self.source.position(first.start);
        let origin = Origin::path(&*self.name)
            .line(position.line as usize)
            .char_column(position.column as usize);
        group.element(origin).element(snippet)
    }
}

/// What the drawing borrows from.
struct Drawing<'a> {
    title: String,
    pieces: Vec<Piece<'a>>,
    helps: Vec<String>,
    fix: Option<(String, Piece<'a>, &'a Fix)>,
}

impl<'a> Drawing<'a> {
    fn new(diagnostic: &'a Diagnostic, texts: &'a dyn Texts) -> Self {
        let mut helps: Vec<String> = hints(diagnostic)
            .map(|hint| clean_line(hint).into_owned())
            .collect();
        let mut fix = None;
        // One way to mend it is shown as a patch, headed by the last hint; of several only the titles.
        if let [only] = diagnostic.fixes.as_slice()
            && let Some(piece) = Self::fix_piece(only, texts)
        {
            fix = Some((helps.pop().unwrap_or_default(), piece, only));
        }
        Self {
            title: clean_line(&diagnostic.message).into_owned(),
            pieces: Self::pieces(diagnostic, texts),
            helps,
            fix,
        }
    }

    fn pieces(diagnostic: &Diagnostic, texts: &'a dyn Texts) -> Vec<Piece<'a>> {
        let own = diagnostic
            .span
            .map(|span| (span, clean_line(&diagnostic.label).into_owned(), true));
        let related = diagnostic
            .related
            .iter()
            .map(|label| (label.span, clean_line(&label.text).into_owned(), false));
        let mut groups: Vec<Vec<(Span, String, bool)>> = Vec::new();
        for place in own.into_iter().chain(related) {
            let line = |span: Span| {
                texts
                    .source(span.source)
                    .map_or(0, |source| source.position(span.start).line)
            };
            let near = groups.iter_mut().find(|group| {
                group.first().is_some_and(|(first, _, _)| {
                    first.source == place.0.source && line(*first).abs_diff(line(place.0)) <= NEAR
                })
            });
            match near {
                Some(group) => group.push(place),
                None => groups.push(vec![place]),
            }
        }
        groups
            .into_iter()
            .filter_map(|places| Self::piece(places, texts))
            .collect()
    }

    fn piece(places: Vec<(Span, String, bool)>, texts: &'a dyn Texts) -> Option<Piece<'a>> {
        let source = texts.source(places.first()?.0.source)?;
        let spans: Vec<Span> = places.iter().map(|place| place.0).collect();
        let excerpt = Excerpt::new(source, &spans);
        Some(Piece {
            source,
            name: clean_line(&source.name).into_owned(),
            excerpt,
            places,
        })
    }

    /// The lines that a fix changes, if they are few and shown whole.
    fn fix_piece(fix: &Fix, texts: &'a dyn Texts) -> Option<Piece<'a>> {
        let places: Vec<_> = fix
            .edits
            .iter()
            .map(|edit| (edit.span, String::new(), false))
            .collect();
        let lines = |span: Span| place(texts, span).map(|(_, start, end)| (start.line, end.line));
        let first = places
            .iter()
            .filter_map(|place| lines(place.0))
            .map(|line| line.0)
            .min()?;
        let last = places
            .iter()
            .filter_map(|place| lines(place.0))
            .map(|line| line.1)
            .max()?;
        let piece = if last - first <= NEAR {
            Self::piece(places, texts)?
        } else {
            return None;
        };
        let whole = piece
            .places
            .iter()
            .all(|place| piece.excerpt.is_whole(piece.source, place.0));
        whole.then_some(piece)
    }

    fn groups<'d>(&'d self, diagnostic: &'d Diagnostic) -> Vec<Group<'d>> {
        let level = match diagnostic.level {
            Level::Error => draw::Level::ERROR,
            Level::Warning => draw::Level::WARNING,
        };
        let mut main = Group::with_title(
            level
                .primary_title(&*self.title)
                .id(diagnostic.code.as_str()),
        );
        for piece in &self.pieces {
            main = piece.draw(main);
        }
        if let Some(path) = diagnostic.path.as_deref().filter(|path| !path.is_empty()) {
            main = main.element(
                draw::Level::NOTE
                    .with_name(Some("path"))
                    .message(clean_line(path)),
            );
        }
        for help in &self.helps {
            main = main.element(draw::Level::HELP.message(&**help));
        }
        let mut groups = vec![main];
        if let Some((title, piece, fix)) = &self.fix {
            let patches = fix.edits.iter().map(|edit| {
                Patch::new(
                    piece.excerpt.range(piece.source, edit.span),
                    clean(&edit.text).into_owned(),
                )
            });
            groups.push(
                draw::Level::HELP.secondary_title(&**title).element(
                    Snippet::source(&*piece.excerpt.text)
                        .line_start(piece.excerpt.first_line)
                        .patches(patches),
                ),
            );
        }
        groups
    }
}
