//! Points in code as people write it: sync and async, scoped, counted, shared.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use herz_faultpoint::{Scope, clear, faultpoint, from_env, remove, set};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

fn charge() -> Result<u32, String> {
    faultpoint!("charge", |fault| Err(fault.message()));
    Ok(42)
}

fn count() -> u32 {
    faultpoint!("count", |fault| fault.parse().unwrap_or(0));
    1
}

async fn fetch() -> Result<u32, String> {
    faultpoint!(async "fetch", |fault| Err(fault.message()));
    Ok(7)
}

async fn step() {
    faultpoint!(async "step");
}

fn scope(name: &str, what: &str) -> Scope {
    Scope::new().with(name, what).unwrap()
}

#[test]
fn what_is_returned_is_typed() {
    assert_eq!(charge(), Ok(42));
    assert_eq!(
        scope("charge", "return(no money)").run(charge),
        Err("no money".to_owned())
    );
    assert_eq!(
        scope("charge", "return").run(charge),
        Err("fault point `charge`".to_owned())
    );
    assert_eq!(scope("count", "return(5)").run(count), 5);
    assert_eq!(scope("count", "return(many)").run(count), 0);
    assert_eq!(scope("count", "off").run(count), 1);
}

#[test]
fn shares_and_counts_are_exact() {
    let three = scope("charge", "3*return(x)->off");
    let failed = three.run(|| (0..10).filter(|_| charge().is_err()).count());
    assert_eq!(failed, 3);
    // Clones share the count.
    assert_eq!(
        three
            .clone()
            .run(|| (0..10).filter(|_| charge().is_err()).count()),
        0
    );
    for (share, least, most) in [
        ("0%", 0, 0),
        ("100%", 10_000, 10_000),
        ("30%", 2_700, 3_300),
    ] {
        let some = scope("charge", &format!("{share}return(x)"));
        let failed = some.run(|| (0..10_000).filter(|_| charge().is_err()).count());
        // Six standard deviations of a binomial distribution on both sides.
        assert!((least..=most).contains(&failed), "{share}: {failed}");
    }
}

#[test]
fn threads_do_not_see_each_other() {
    let threads: Vec<_> = (0..8)
        .map(|at| {
            std::thread::spawn(move || {
                let mine = scope("count", &format!("return({at})"));
                for _ in 0..2000 {
                    assert_eq!(mine.run(count), at);
                    assert_eq!(count(), 1);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tasks_do_not_see_each_other_on_whatever_threads_they_run() {
    let mut tasks = Vec::new();
    for at in 0..50_u32 {
        let mine = scope("fetch", &format!("return({at})"));
        tasks.push(tokio::spawn(mine.wrap(async move {
            for _ in 0..50 {
                assert_eq!(fetch().await, Err(at.to_string()));
                tokio::task::yield_now().await;
            }
        })));
        tasks.push(tokio::spawn(async {
            for _ in 0..50 {
                assert_eq!(fetch().await, Ok(7));
                tokio::task::yield_now().await;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn a_sleep_in_async_code_blocks_nobody() {
    let done = AtomicU32::new(0);
    let begun = Instant::now();
    let slow = scope("step", "sleep(150)").wrap(async {
        step().await;
        begun.elapsed()
    });
    let other = async {
        while begun.elapsed() < Duration::from_millis(100) {
            done.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let (took, ()) = tokio::join!(slow, other);
    assert!(took >= Duration::from_millis(150), "{took:?}");
    // One thread served both.
    assert!(done.load(Ordering::Relaxed) > 5);
}

#[test]
fn a_panic_leaves_the_scope() {
    let caught = std::panic::catch_unwind(|| scope("charge", "panic(boom)").run(charge));
    assert_eq!(
        caught.unwrap_err().downcast_ref::<String>().unwrap(),
        "boom"
    );
    assert_eq!(charge(), Ok(42));
}

fn shared() -> bool {
    faultpoint!("shared", |_| true);
    false
}

/// All that is set for the whole process is in one test: others run at the same time.
#[test]
fn settings_of_the_process() {
    assert!(!shared());
    set("shared", "return").unwrap();
    assert!(std::thread::spawn(shared).join().unwrap());
    // The inner one counts.
    assert!(!scope("shared", "off").run(shared));
    assert!(set("shared", "nonsense").is_err());
    assert!(shared(), "a bad text changes nothing");
    remove("shared");
    assert!(!shared());
    // A pause lasts until the point is set anew.
    set("shared", "pause").unwrap();
    let waiting = std::thread::spawn(shared);
    std::thread::sleep(Duration::from_millis(30));
    assert!(!waiting.is_finished());
    set("shared", "return").unwrap();
    assert!(waiting.join().unwrap());
    clear();
    assert!(!shared());
    assert_eq!(from_env().unwrap(), Vec::<String>::new());
}

#[test]
fn both_variables_are_read_in_a_process_of_their_own() {
    if std::env::var("HERZ_TEST_CHILD").is_ok() {
        let names = from_env().unwrap();
        assert_eq!(names, ["charge", "count"]);
        assert_eq!(charge(), Err("from FAILPOINTS".to_owned()));
        assert_eq!(count(), 9);
        return;
    }
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "both_variables_are_read_in_a_process_of_their_own",
        ])
        .env("HERZ_TEST_CHILD", "1")
        .env("FAILPOINTS", "charge=return(from FAILPOINTS)")
        .env("HERZ_FAULTPOINTS", "count=return(9)")
        .status()
        .unwrap();
    assert!(status.success());
}
