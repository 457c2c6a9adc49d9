//! Hostile names: keywords, names of the prelude, letters of other scripts.

#![allow(dead_code, non_camel_case_types, clippy::all)]

use herz::Manifest;

/// Names that generated code must not trip over.
type Result = ();
type Option = std::option::Option<u8>;
struct Some;
struct Look;
struct Json;
struct Read;

#[derive(Debug, Clone, PartialEq, herz::ChaosSpec)]
#[chaos(kind = "Vec", group = "acme.io")]
struct table {
    r#type: std::string::String,
    r#fn: u32,
    r#match: std::option::Option<bool>,
    r#async: std::option::Option<bool>,
    r#yield: std::option::Option<bool>,
    fields: std::option::Option<String>,
    value: std::option::Option<String>,
    cx: std::option::Option<String>,
    known: std::option::Option<String>,
    index: std::option::Option<String>,
    größe: std::option::Option<u8>,
    #[chaos(name = "a-b")]
    dashed: std::option::Option<String>,
    #[chaos(name = "a_b")]
    a_b: std::option::Option<String>,
    #[chaos(name = "2fast")]
    fast: std::option::Option<String>,
    #[chaos(name = "self")]
    own: std::option::Option<r#enum>,
}

#[derive(Debug, Clone, PartialEq, herz::ChaosType)]
enum r#enum {
    #[chaos(rename = "Self")]
    Own,
    Option,
    None,
    #[chaos(rename = "+")]
    Plus,
    #[chaos(rename = "2nd")]
    Second,
}

#[test]
fn hostile_names_are_read_and_written() {
    let text = r#"{"apiVersion":"acme.io/v1alpha1","kind":"Vec","metadata":{"name":"a"},"spec":{
        "type":"x","fn":1,"match":true,"größe":2,"a-b":"1","a_b":"2","2fast":"3","self":"+"}}"#;
    let read: Manifest<table> = serde_json::from_str(text).expect("reads");
    assert_eq!(read.spec.own, std::option::Option::Some(r#enum::Plus));
    let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(&read).expect("writes"), json);
    assert!(herz::schema::<table>().is_ok());
}
