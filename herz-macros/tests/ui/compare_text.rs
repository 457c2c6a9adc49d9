use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
#[chaos(compare = "a <= b")]
struct Queue {
    a: bool,
    b: u32,
}

fn main() {}
