use herz::ChaosType;

#[derive(Clone, Debug, PartialEq, ChaosType)]
enum Action {
    Stop,
    #[chaos(rename = "stop")]
    Halt,
}

fn main() {}
