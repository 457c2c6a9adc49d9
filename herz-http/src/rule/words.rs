//! Rules in words, for plans and reports.

use super::{End, Rule, Side};
use std::fmt;

/// What a rule does, in one line: `hold 30% of requests back for 800ms, then answer 503`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.side {
            Side::Request => "requests",
            Side::Response => "responses",
        };
        let share = self.share.get();
        if share < 1.0 {
            // Three digits after the point are more than a person plans with.
            write!(f, "on {}% of {side}", (share * 1e5).round() / 1e3)?;
        } else {
            write!(f, "on {side}")?;
        }
        let mut gap = ": ";
        let mut word = |f: &mut fmt::Formatter<'_>, words: &dyn fmt::Display| {
            write!(f, "{gap}{words}")?;
            gap = ", then ";
            Ok(())
        };
        if let Some(delay) = &self.delay {
            word(f, &format_args!("wait {:?}", delay.middle()))?;
        }
        match &self.end {
            Some(End::Abort) => word(f, &"cut the connection")?,
            Some(End::Reply(reply)) => word(f, reply)?,
            None => {}
        }
        if !self.change.is_empty() {
            word(f, &"change the message")?;
        }
        if let Some(rate) = self.flow.bytes_per_second {
            word(f, &format_args!("let the body flow at {rate} B/s"))?;
        }
        if let Some(cut) = self.flow.cut_after {
            word(f, &format_args!("cut the body after {cut} B"))?;
        }
        Ok(())
    }
}
