//! Charts, as SVG within the page.

/// Width and height of a chart, and the room for labels at its left and bottom.
const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 60.0;
const BOTTOM: f64 = 25.0;
const TOP: f64 = 18.0;

/// More points than this are not told apart on a screen.
const POINTS: usize = 4000;

/// What is drawn where.
struct Frame {
    from: f64,
    to: f64,
    most: f64,
}

impl Frame {
    fn new(times: impl Iterator<Item = f64>, values: impl Iterator<Item = f64>) -> Option<Self> {
        let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
        for at in times {
            (from, to) = (from.min(at), to.max(at));
        }
        if !from.is_finite() || !to.is_finite() {
            return None;
        }
        let most = values.filter(|v| v.is_finite()).fold(0.0, f64::max);
        Some(Self {
            from,
            to: if to > from { to } else { from + 1.0 },
            most: if most > 0.0 { most * 1.05 } else { 1.0 },
        })
    }

    fn x(&self, at: f64) -> f64 {
        let at = at.clamp(self.from, self.to);
        LEFT + (at - self.from) / (self.to - self.from) * (WIDTH - LEFT - 5.0)
    }

    fn y(&self, value: f64) -> f64 {
        let room = HEIGHT - BOTTOM - TOP;
        HEIGHT - BOTTOM - value.clamp(0.0, self.most) / self.most * room
    }

    fn open(&self, out: &mut String, title: &str, held: (Option<f64>, Option<f64>)) {
        out.push_str(&format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}\">\n\
             <text x=\"{LEFT}\" y=\"12\">{title}</text>\n"
        ));
        if let Some(from) = held.0 {
            let (left, right) = (self.x(from), self.x(held.1.unwrap_or(self.to)));
            out.push_str(&format!(
                "<rect class=\"fault\" x=\"{left:.1}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{:.1}\"/>\n\
                 <text x=\"{:.1}\" y=\"{:.1}\">fault</text>\n",
                (right - left).max(1.0),
                HEIGHT - BOTTOM - TOP,
                left + 3.0,
                TOP + 12.0
            ));
        }
        let base = HEIGHT - BOTTOM;
        out.push_str(&format!(
            "<line class=\"axis\" x1=\"{LEFT}\" y1=\"{base}\" x2=\"{WIDTH}\" y2=\"{base}\"/>\n\
             <line class=\"axis\" x1=\"{LEFT}\" y1=\"{TOP}\" x2=\"{LEFT}\" y2=\"{base}\"/>\n"
        ));
        for part in [0.0, 0.5, 1.0] {
            let value = self.most * part;
            out.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
                LEFT - 4.0,
                self.y(value) + 4.0,
                number(value)
            ));
        }
        for part in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let at = self.from + (self.to - self.from) * part;
            let anchor = if part > 0.99 { "end" } else { "middle" };
            out.push_str(&format!(
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}s</text>\n",
                self.x(at),
                HEIGHT - 8.0,
                number(at)
            ));
        }
    }
}

fn number(value: f64) -> String {
    if value.abs() >= 100.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    }
}

fn thinned<T: Copy>(points: &[T]) -> impl Iterator<Item = T> + '_ {
    let step = points.len().div_ceil(POINTS).max(1);
    points.iter().copied().step_by(step)
}

/// Time to an answer, as points; bad answers in another colour and shape.
pub(super) fn latency(
    out: &mut String,
    answers: &[(f64, f64, bool)],
    held: (Option<f64>, Option<f64>),
) {
    let times = answers.iter().map(|(at, ..)| *at);
    let Some(frame) = Frame::new(times, answers.iter().map(|(_, ms, _)| *ms)) else {
        return;
    };
    frame.open(
        out,
        "latency in ms (dots: good answers, crosses: errors)",
        held,
    );
    for (at, ms, good) in thinned(answers) {
        let (x, y) = (frame.x(at), frame.y(ms));
        if good {
            out.push_str(&format!(
                "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\"/>\n"
            ));
        } else {
            out.push_str(&format!(
                "<text class=\"dot-bad\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">x</text>\n",
                y + 4.0
            ));
        }
    }
    out.push_str("</svg>\n");
}

/// Share of bad answers, in fifty stretches of time.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]
pub(super) fn errors(
    out: &mut String,
    answers: &[(f64, f64, bool)],
    held: (Option<f64>, Option<f64>),
) {
    const BARS: usize = 50;
    let times = answers.iter().map(|(at, ..)| *at);
    let Some(mut frame) = Frame::new(times, std::iter::empty()) else {
        return;
    };
    frame.most = 100.0;
    frame.open(out, "errors in %", held);
    let mut bars = [(0_u32, 0_u32); BARS];
    let width = (frame.to - frame.from) / BARS as f64;
    for (at, _, good) in answers {
        let index = ((at - frame.from) / width).clamp(0.0, (BARS - 1) as f64) as usize;
        if let Some((all, bad)) = bars.get_mut(index) {
            *all += 1;
            *bad += u32::from(!good);
        }
    }
    for (index, (all, bad)) in bars.iter().enumerate() {
        if *bad == 0 {
            continue;
        }
        let (left, right) = (
            frame.x(frame.from + width * index as f64),
            frame.x(frame.from + width * (index + 1) as f64),
        );
        let top = frame.y(f64::from(*bad) / f64::from(*all) * 100.0);
        out.push_str(&format!(
            "<rect class=\"dot-bad\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>\n",
            right - left - 1.0,
            HEIGHT - BOTTOM - top
        ));
    }
    out.push_str("</svg>\n");
}

/// What was asked for as a broken line, what was seen as a whole one.
pub(super) fn asked_and_observed(out: &mut String, samples: &[(f64, f64, f64)]) {
    if samples.len() < 2 {
        return;
    }
    let values = samples.iter().flat_map(|(_, asked, seen)| [*asked, *seen]);
    let Some(frame) = Frame::new(samples.iter().map(|(at, ..)| *at), values) else {
        return;
    };
    frame.open(out, "asked (broken line) and observed", (None, None));
    for (class, pick) in [("asked", 0), ("observed", 1)] {
        let points: Vec<String> = thinned(samples)
            .map(|(at, asked, seen)| {
                let value = if pick == 0 { asked } else { seen };
                format!("{:.1},{:.1}", frame.x(at), frame.y(value))
            })
            .collect();
        out.push_str(&format!(
            "<polyline class=\"{class}\" points=\"{}\"/>\n",
            points.join(" ")
        ));
    }
    out.push_str("</svg>\n");
}
