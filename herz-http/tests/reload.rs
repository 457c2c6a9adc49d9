//! Specs of a folder: good, bad, good, under load; `ConfigMap`s; durations; SIGHUP.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use herz_http::reload::{Reload, Reloaded};
use herz_http::{Chaos, Gate, RuleBook};
use herz_runtime::{Place, Target};
use http::{Request, Response};
use http_body_util::Full;
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tower::{ServiceBuilder, ServiceExt, service_fn};

type Body = Full<bytes::Bytes>;

/// Two experiments that mark a response with the same number: one alone would be a mixture.
fn pair(number: u32, duration: &str) -> String {
    let one = |header: &str| {
        format!(
            "apiVersion: chaos-mesh.org/v1alpha1\nkind: HTTPChaos\nmetadata: {{ name: {header} }}\nspec:\n  \
             mode: all\n  selector: {{ labelSelectors: {{ app: shop }} }}\n  target: Response\n  port: 80\n  \
             replace: {{ headers: {{ x-{header}: \"{number}\" }} }}\n{duration}"
        )
    };
    format!("{}---\n{}", one("left"), one("right"))
}

fn write(at: &Path, text: impl AsRef<[u8]>) {
    fs::write(at, text).unwrap();
}

fn put(folder: &Path, name: &str, text: &str) {
    // In one step, as people's editors and CI do it.
    fs::write(folder.join(".new"), text).unwrap();
    fs::rename(folder.join(".new"), folder.join(name)).unwrap();
}

struct World {
    folder: tempfile::TempDir,
    chaos: Chaos,
    told: Arc<Mutex<Vec<Reloaded>>>,
    reload: Reload,
}

impl World {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "a.yaml", text);
        let builder = Chaos::builder().gate(Gate::Open).port(80);
        let chaos = builder.build().unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let hear = Arc::clone(&told);
        let reload = Reload::start(
            folder.path(),
            Target::new("shop", Place::InProcess).label("app", "shop"),
            RuleBook::new(chaos.clone()),
            move |one| hear.lock().unwrap().push(one.clone()),
        )
        .unwrap();
        Self {
            folder,
            chaos,
            told,
            reload,
        }
    }

    /// The marks of one response.
    fn ask(&self) -> [Option<String>; 2] {
        ask(&self.chaos)
    }

    fn last(&self) -> Reloaded {
        self.told.lock().unwrap().last().unwrap().clone()
    }
}

fn ask(chaos: &Chaos) -> [Option<String>; 2] {
    let service = ServiceBuilder::new()
        .layer(chaos.layer())
        .service(service_fn(async |_| {
            Ok::<_, Infallible>(Response::new(Body::default()))
        }));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let request = Request::new(Body::default());
    let response = runtime.block_on(service.oneshot(request)).unwrap();
    ["x-left", "x-right"].map(|name| {
        let value = response.headers().get(name)?;
        Some(value.to_str().unwrap().to_owned())
    })
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !done() {
        assert!(Instant::now() < end, "it never came: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn marked(number: u32) -> [Option<String>; 2] {
    [Some(number.to_string()), Some(number.to_string())]
}

#[test]
fn good_bad_good_under_load_is_never_a_mixture() {
    let world = World::new(&pair(1, ""));
    let first = world.chaos.generation();
    let (stop, asked) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let (stop, asked, chaos) = (Arc::clone(&stop), Arc::clone(&asked), world.chaos.clone());
            std::thread::spawn(move || {
                let mut seen = Vec::new();
                // One more after the end: a thread that got no time since the change sees it, too.
                let mut last = false;
                while !last {
                    last = stop.load(Ordering::Relaxed);
                    let [left, right] = ask(&chaos);
                    assert_eq!(left, right, "a mixture");
                    asked.fetch_add(1, Ordering::Relaxed);
                    if seen.last() != Some(&left) {
                        seen.push(left);
                    }
                }
                seen
            })
        })
        .collect();
    let load = |count: u64| {
        let before = asked.load(Ordering::Relaxed);
        until("requests", || {
            asked.load(Ordering::Relaxed) >= before + count
        });
    };
    load(500);
    put(
        world.folder.path(),
        "a.yaml",
        &pair(2, "").replace("port: 80", "prot: 80"),
    );
    until("a complaint", || {
        matches!(world.last(), Reloaded::Kept { .. })
    });
    let Reloaded::Kept { problems } = world.last() else {
        panic!("it was kept");
    };
    assert!(problems[0].contains("a.yaml:"), "{problems:?}");
    load(500);
    assert_eq!(
        world.chaos.generation(),
        first,
        "the generation moves only on good"
    );
    assert_eq!(world.ask(), marked(1));
    put(world.folder.path(), "a.yaml", &pair(3, ""));
    until("the new rules", || world.ask() == marked(3));
    load(500);
    assert_eq!(world.chaos.generation(), first + 1);
    stop.store(true, Ordering::Relaxed);
    for thread in threads {
        let seen = thread.join().unwrap();
        assert_eq!(seen, [Some("1".to_owned()), Some("3".to_owned())]);
    }
}

#[test]
fn a_config_map_that_is_swapped_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let (at, data) = (folder.path(), folder.path().join("..data"));
    for number in [1, 2] {
        let version = at.join(format!("..version-{number}"));
        fs::create_dir(&version).unwrap();
        fs::write(version.join("a.yaml"), pair(number, "")).unwrap();
    }
    std::os::unix::fs::symlink("..version-1", &data).unwrap();
    std::os::unix::fs::symlink("..data/a.yaml", at.join("a.yaml")).unwrap();
    let chaos = Chaos::builder().gate(Gate::Open).port(80).build().unwrap();
    let target = Target::new("shop", Place::InProcess).label("app", "shop");
    let _reload = Reload::start(at, target, RuleBook::new(chaos.clone()), |_| {}).unwrap();
    assert_eq!(ask(&chaos), marked(1));
    let before = chaos.generation();
    std::os::unix::fs::symlink("..version-2", at.join("..new")).unwrap();
    fs::rename(at.join("..new"), &data).unwrap();
    until("the swapped rules", || ask(&chaos) == marked(2));
    assert_eq!(chaos.generation(), before + 1);
}

#[test]
fn durations_end_and_files_that_go_take_their_rules() {
    let world = World::new(&pair(1, "  duration: 700ms\n"));
    assert_eq!(world.ask(), marked(1));
    until("the end", || world.ask() == [None, None]);
    // The same file again is the same experiment, and that is over.
    assert_eq!(world.reload.now(), Reloaded::Unchanged);
    put(world.folder.path(), "b.yml", &pair(2, ""));
    until("another file", || world.ask() == marked(2));
    fs::remove_file(world.folder.path().join("b.yml")).unwrap();
    until("a file that is gone", || world.ask() == [None, None]);
    fs::remove_dir_all(world.folder.path()).unwrap();
    assert!(matches!(world.reload.now(), Reloaded::Kept { .. }));
}

#[test]
fn only_what_is_about_this_service_is_set() {
    let world = World::new(&pair(1, "").replace("app: shop", "app: other"));
    assert_eq!(world.ask(), [None, None]);
    let Reloaded::Set { experiments, .. } = world.last() else {
        panic!("it was set");
    };
    assert!(experiments.is_empty());
    // What the layer can't do is told, whomever it is about.
    put(
        world.folder.path(),
        "tcp.yaml",
        "apiVersion: herz.dev/v1alpha1\nkind: ChaosExperiment\nmetadata: { name: x }\nspec: { target: tcp, latency: 1s }\n",
    );
    let Reloaded::Kept { problems } = world.reload.now() else {
        panic!("it was kept");
    };
    assert!(
        problems[0].contains("tcp.yaml") && problems[0].contains("spec.target"),
        "{problems:?}"
    );
}

impl World {
    /// Waits until the folder is complained about; the first complaint.
    fn complaint(&self) -> String {
        until("a complaint", || {
            matches!(self.last(), Reloaded::Kept { .. })
        });
        let Reloaded::Kept { problems } = self.last() else {
            panic!("it was kept");
        };
        problems.into_iter().next().unwrap()
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("a.yaml")
    }
}

#[test]
fn whatever_takes_the_place_of_a_file_changes_nothing() {
    type Spoil = fn(&Path);
    // By the operating system's words, some of them, so that other systems may have theirs.
    let cases: [(&str, Spoil, &[&str]); 8] = [
        (
            "a folder",
            |at| fs::create_dir(at).unwrap(),
            &["it is no file; take it away"],
        ),
        (
            "a link to itself",
            |at| std::os::unix::fs::symlink("a.yaml", at).unwrap(),
            &["mend what it leads to"],
        ),
        (
            "a link that leads nowhere",
            |at| std::os::unix::fs::symlink("gone", at).unwrap(),
            &["No such file", "mend what it leads to"],
        ),
        (
            // Memory at address 0: a file that nobody can read, root neither.
            "a file that can't be read",
            |at| std::os::unix::fs::symlink("/proc/self/mem", at).unwrap(),
            &["error"],
        ),
        (
            "not UTF-8",
            |at| write(at, b"kind: HTTPChaos\nmetadata: { name: \xff }\n"),
            &["a.yaml:2:", "byte 34 is 0xFF", "UTF-8"],
        ),
        (
            "half a value",
            |at| write(at, pair(2, "").split_at(150).0),
            &["a.yaml:7:10: spec.target: required field `target` is missing"],
        ),
        (
            "a value that breaks a rule",
            |at| {
                write(
                    at,
                    pair(2, "").replace("port: 80", "port: 80\n  delay: soon"),
                );
            },
            &["a.yaml:9:10: spec.delay", "expected a Go duration such as"],
        ),
        (
            "values that don't go together",
            |at| write(at, pair(2, "").replace("mode: all", "mode: fixed")),
            &["a.yaml:4:1: spec.value", "`mode: fixed` needs `value`"],
        ),
    ];
    for (name, spoil, words) in cases {
        let world = World::new(&pair(1, ""));
        let before = world.chaos.generation();
        fs::remove_file(world.path()).unwrap();
        spoil(&world.path());
        let Reloaded::Kept { problems } = world.reload.now() else {
            panic!("{name}: it is set");
        };
        let complaint = &problems[0];
        for word in words {
            assert!(complaint.contains(word), "{name}: {complaint}");
        }
        assert!(complaint.contains("a.yaml:"), "{name}: {complaint}");
        assert_eq!(world.ask(), marked(1), "{name}");
        assert_eq!(world.chaos.generation(), before, "{name}");
        // What was wrong is mended: the folder counts again.
        let at = world.path();
        if at.is_dir() {
            fs::remove_dir(&at).unwrap();
        }
        put(world.folder.path(), "a.yaml", &pair(3, ""));
        world.reload.now();
        assert_eq!(world.ask(), marked(3), "{name}");
        assert_eq!(world.chaos.generation(), before + 1, "{name}");
    }
}

#[test]
fn a_file_is_read_when_it_is_written() {
    let world = World::new(&pair(1, ""));
    // Its first half is a good file, and a mixture. Written in place, slower than the folder is looked at; on a
    // machine that is busy a step may take so long that it looks finished, which says nothing.
    let text = pair(2, "");
    until("a file that was written evenly", || {
        put(world.folder.path(), "a.yaml", &pair(1, ""));
        world.reload.now();
        let (before, told) = (world.chaos.generation(), world.told.lock().unwrap().len());
        let (mut longest, mut mixed) = (Duration::ZERO, false);
        let mut file = fs::File::create(world.path()).unwrap();
        for part in text.as_bytes().chunks(text.len() / 16) {
            let begun = Instant::now();
            std::io::Write::write_all(&mut file, part).unwrap();
            std::thread::sleep(Duration::from_millis(50));
            let [left, right] = world.ask();
            mixed |= left != right;
            longest = longest.max(begun.elapsed());
        }
        until("the whole file", || world.ask() == marked(2));
        if longest > Duration::from_millis(150) {
            return false;
        }
        assert!(!mixed, "a mixture");
        let told = world.told.lock().unwrap()[told..].to_vec();
        assert!(matches!(told[..], [Reloaded::Set { .. }]), "{told:?}");
        assert_eq!(world.chaos.generation(), before + 1);
        true
    });
}

#[test]
fn a_folder_that_is_gone_changes_nothing_until_it_is_back() {
    let world = World::new(&pair(1, ""));
    let before = world.chaos.generation();
    let (folder, aside) = (
        world.folder.path(),
        world.folder.path().with_extension("aside"),
    );
    fs::rename(folder, &aside).unwrap();
    let complaint = world.complaint();
    assert!(
        complaint.contains(&folder.display().to_string()),
        "{complaint}"
    );
    assert_eq!(world.ask(), marked(1));
    // A file in its place is no folder either.
    fs::write(folder, pair(2, "")).unwrap();
    until("another complaint", || {
        world.told.lock().unwrap().len() == 3
    });
    assert!(
        world.complaint().contains("ot a directory"),
        "{}",
        world.complaint()
    );
    assert_eq!(world.chaos.generation(), before);
    fs::remove_file(folder).unwrap();
    fs::rename(&aside, folder).unwrap();
    put(folder, "a.yaml", &pair(3, ""));
    until("the folder again", || world.ask() == marked(3));
    assert_eq!(world.chaos.generation(), before + 1);
}

#[test]
fn a_thousand_files_come_and_go_at_once() {
    let world = World::new("");
    let before = world.chaos.generation();
    // Aside, so that no look finds a part of them.
    let many = world.folder.path().join("many");
    fs::create_dir(&many).unwrap();
    for number in 0..1_000 {
        let text = pair(number % 7, "").replace("name: ", &format!("name: n{number}-"));
        fs::write(many.join(format!("{number}.yaml")), text).unwrap();
    }
    let target = Target::new("shop", Place::InProcess).label("app", "shop");
    let reload = Reload::start(&many, target, RuleBook::new(world.chaos.clone()), |_| {}).unwrap();
    assert_eq!(world.chaos.stats().len(), 2_000);
    fs::write(many.join("500.yaml"), "kind: [").unwrap();
    let Reloaded::Kept { problems } = reload.now() else {
        panic!("it was kept");
    };
    assert!(problems[0].contains("500.yaml:1:"), "{problems:?}");
    assert_eq!(world.chaos.stats().len(), 2_000);
    assert_eq!(world.chaos.generation(), before + 1);
    fs::remove_file(many.join("500.yaml")).unwrap();
    assert!(matches!(reload.now(), Reloaded::Set { .. }));
    assert_eq!(world.chaos.stats().len(), 1_998);
}
