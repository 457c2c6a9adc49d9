//! Fault points that are not set, alone and while another one is, against fail-rs.

use std::hint::black_box;

#[inline(never)]
fn plain(x: u64) -> u64 {
    black_box(x)
}

#[inline(never)]
fn ours(x: u64) -> u64 {
    herz_faultpoint::faultpoint!("bench", |_| 0);
    black_box(x)
}

#[inline(never)]
fn theirs(x: u64) -> u64 {
    fail::fail_point!("bench", |_| 0);
    black_box(x)
}

pub(crate) fn run(rounds: usize) {
    let all = |title: &str| {
        println!("{title}");
        super::compare(
            rounds,
            3_000_000,
            &mut [
                ("a function without a point", &mut || {
                    plain(black_box(1));
                }),
                ("herz, not set", &mut || {
                    ours(black_box(1));
                }),
                ("fail-rs, not set", &mut || {
                    theirs(black_box(1));
                }),
            ],
        );
    };
    all("nothing is set");
    herz_faultpoint::set("another", "off").unwrap();
    fail::cfg("another", "off").unwrap();
    all("another point is set");
    herz_faultpoint::clear();
    fail::remove("another");
}
