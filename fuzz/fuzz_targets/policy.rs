//! See `herz_tests::fuzz::policy`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| herz_tests::fuzz::policy(bytes));
