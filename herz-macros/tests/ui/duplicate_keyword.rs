use herz::ChaosSpec;

#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
struct Queue {
    #[chaos(range = 1..=5, range = 1..=6)]
    size: u32,
}

fn main() {}
