//! `#[herz::faultpoint]` on functions as people write them.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use herz::faultpoints::{Fault, Scope, faultpoint};
use std::fmt;

#[derive(Debug, PartialEq)]
enum Trouble {
    Fault(String),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault.message())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

#[herz::faultpoint]
fn plain(x: u32) -> Result<u32, Trouble> {
    Ok(x + 1)
}

#[herz::faultpoint("shop::pay")]
fn named<T: Clone>(x: &T) -> Result<T, Trouble> {
    Ok(x.clone())
}

#[herz::faultpoint("own", error = |fault: Fault| format!("own: {fault}"))]
fn own() -> Result<(), String> {
    Ok(())
}

#[herz::faultpoint]
fn boxed() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    Ok(())
}

#[herz::faultpoint]
async fn later(x: u32) -> Result<u32, Trouble> {
    Ok(x)
}

#[herz::faultpoint]
fn nothing() -> u32 {
    3
}

struct Shop;

impl Shop {
    #[herz::faultpoint("Shop::orders")]
    async fn orders(&self) -> Result<usize, Trouble> {
        faultpoint!(async "Shop::orders::late");
        Ok(2)
    }
}

fn fails(name: &str) -> Scope {
    Scope::new().with(name, "return(gone)").unwrap()
}

#[test]
fn functions_fail_when_they_are_told_to() {
    let gone = || Trouble::Fault("gone".to_owned());
    assert_eq!(plain(1), Ok(2));
    assert_eq!(fails("plain").run(|| plain(1)), Err(gone()));
    assert_eq!(fails("shop::pay").run(|| named(&1)), Err(gone()));
    assert_eq!(
        fails("named").run(|| named(&1)),
        Ok(1),
        "it has another name"
    );
    assert_eq!(fails("own").run(own), Err("own: gone".to_owned()));
    assert_eq!(fails("boxed").run(boxed).unwrap_err().to_string(), "gone");
    assert_eq!(fails("nothing").run(nothing), 3, "it gives no result");
    let runtime = futures();
    assert_eq!(
        runtime(Box::pin(fails("later").wrap(later(5)))),
        Err(gone())
    );
    assert_eq!(runtime(Box::pin(later(5))), Ok(5));
    let orders = || async {
        Shop.orders()
            .await
            .map(|count| u32::try_from(count).unwrap())
    };
    assert_eq!(
        runtime(Box::pin(fails("Shop::orders").wrap(orders()))),
        Err(gone())
    );
    assert_eq!(runtime(Box::pin(orders())), Ok(2));
}

type Job = std::pin::Pin<Box<dyn Future<Output = Result<u32, Trouble>>>>;

/// An executor of one thread: none of these futures waits for anybody.
fn futures() -> impl Fn(Job) -> Result<u32, Trouble> {
    |mut job| {
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        loop {
            if let std::task::Poll::Ready(result) = job.as_mut().poll(&mut cx) {
                return result;
            }
        }
    }
}
