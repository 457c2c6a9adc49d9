use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(requires(a), forbids(b))]
struct Queue {
    a: Option<String>,
    b: Option<String>,
}

fn main() {}
