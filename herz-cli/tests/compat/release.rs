//! The gate before a release.

use super::*;

#[test]
fn a_release_needs_a_version_as_large_as_what_changed() {
    let package = "package: acme\nversion: 1.0.0\ngroup: acme.example.com\napiVersion: v1\n";
    let kind = "kind: DiskChaos\nfields:\n  - { name: size, type: int, required: false }\n";
    let matrix = "schema = 1\n[axes.library]\nversions = [\"1.0.0\", \"1.1.0\", \"2.0.0\"]\n[[release]]\nlibrary = \"1.0.0\"\nstatus = \"maintenance\"\n";
    let log = "# Changelog\n\n## 1.0.0\n\nFirst.\n";
    let folder = folder(&[
        ("schemas/acme/package.yaml", package),
        ("schemas/acme/DiskChaos.yaml", kind),
        ("compat-matrix.toml", matrix),
        ("CHANGELOG.md", log),
    ]);
    let top = folder.path();
    let check = |args: &[&str]| {
        let mut all = vec!["release", "check"];
        all.extend(args);
        herz_in(top, &all)
    };
    let put = |name: &str, text: &str| fs::write(top.join(name), text).unwrap();
    assert!(err(&check(&[])).contains("in no git repository"));
    git(top);
    let output = check(&[]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert!(
        err(&output).contains("no tag such as `v1.0.0`"),
        "{}",
        err(&output)
    );
    run_git(top, &["tag", "v1.0.0"]);
    let output = check(&[]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert!(
        err(&output).contains("since 1.0.0: none changes; the least version is 1.0.0"),
        "{}",
        err(&output)
    );

    // A break: the version, then everything that states one.
    put(
        "schemas/acme/DiskChaos.yaml",
        &kind.replace("required: false", "required: true"),
    );
    let output = check(&["--changes"]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("HZ0641") && out(&output).contains("needs 2.0.0"),
        "{}",
        out(&output)
    );
    assert!(
        out(&output).contains("major acme DiskChaos spec.size"),
        "{}",
        out(&output)
    );
    put(
        "schemas/acme/package.yaml",
        &package.replace("1.0.0", "1.1.0"),
    );
    assert!(out(&check(&[])).contains("HZ0641"));
    put(
        "schemas/acme/package.yaml",
        &package.replace("1.0.0", "2.0.0"),
    );
    let output = check(&[]);
    assert_eq!(code(&output), 1);
    assert!(!out(&output).contains("HZ0641"), "{}", out(&output));
    for found in ["HZ0642", "HZ0643"] {
        assert!(out(&output).contains(found), "{found}: {}", out(&output));
    }
    put(
        "compat-matrix.toml",
        &matrix.replace("library = \"1.0.0\"", "library = \"2.0.0\""),
    );
    put(
        "CHANGELOG.md",
        &log.replace("## 1.0.0", "## Unreleased\n\n## 1.0.0"),
    );
    let output = check(&[]);
    assert!(
        out(&output).contains("nothing stands below"),
        "{}",
        out(&output)
    );
    put(
        "CHANGELOG.md",
        &log.replace(
            "## 1.0.0",
            "## [2.0.0] - 2026-01-01\n\n`size` is needed.\n\n## 1.0.0",
        ),
    );
    let output = check(&[]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    // The document's version is that of the row.
    put(
        "compat-matrix.toml",
        &matrix
            .replace(
                "[[release]]",
                "[axes.spec]\nversions = [\"2.0.0\", \"2.1.0\"]\n[[release]]\nspec = \"2.0.0\"",
            )
            .replace("library = \"1.0.0\"", "library = \"2.0.0\""),
    );
    put(
        "api.yaml",
        "openapi: 3.1.0\ninfo: { title: Acme, version: 2.1.0 }\npaths: {}\n",
    );
    let output = check(&["--openapi", "api.yaml"]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("HZ0642") && out(&output).contains("`api.yaml` is 2.1.0"),
        "{}",
        out(&output)
    );
    put(
        "api.yaml",
        "openapi: 3.1.0\ninfo: { title: Acme, version: 2.0.0 }\npaths: {}\n",
    );
    assert_eq!(code(&check(&["--openapi", "api.yaml"])), 0);
    assert_eq!(code(&check(&["--against", "git:nothing"])), 2);
    assert_eq!(code(&check(&["--tag", "v"])), 2);
}
