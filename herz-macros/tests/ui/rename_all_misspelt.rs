use herz::ChaosType;

#[derive(Clone, Debug, PartialEq, ChaosType)]
#[chaos(rename_all = "kebabcase")]
enum Action {
    Stop,
}

fn main() {}
