use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    #[chaos(length = 1..=5)]
    size: u32,
}

fn main() {}
