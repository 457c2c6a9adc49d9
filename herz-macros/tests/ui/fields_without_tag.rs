use herz::ChaosType;

#[derive(Clone, Debug, PartialEq, ChaosType)]
enum Step {
    Wait { time: String },
    Stop,
}

fn main() {}
