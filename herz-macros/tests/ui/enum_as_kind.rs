use herz::ChaosSpec;
#[derive(Clone, Debug, PartialEq, ChaosSpec)]
#[chaos(kind = "QueueChaos", group = "acme.io")]
enum Queue {
    A,
}

fn main() {}
