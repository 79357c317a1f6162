use super::ground::Ground;
use super::server::Maf;
use super::{answers, false_maf, identities, lifetime, names, second, several, waiting};
use crate::purposes::Function;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::link::BoxFuture;

/// What is judged on a ground.
type Judge = for<'x, 'a> fn(&'x mut World<'a>, &'x Ground<'a>) -> BoxFuture<'x, Result<(), Stop>>;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/SAE/MAF/001" => {
            |_, world| on_ground(world, |w, g| Box::pin(names::are_asked_for(w, g)))
        }
        "CSE/SAE/MAF/002" => {
            |_, world| on_ground(world, |w, g| Box::pin(answers::one_reading(w, g)))
        }
        "CSE/SAE/MAF/003" => |_, world| on_ground(world, |w, g| Box::pin(names::of_others(w, g))),
        "CSE/SAE/MAF/004" => {
            |_, world| on_ground(world, |w, g| Box::pin(names::that_are_odd(w, g)))
        }
        "CSE/SAE/MAF/005" => {
            |_, world| on_ground(world, |w, g| Box::pin(answers::without_a_key(w, g)))
        }
        "CSE/SAE/MAF/006" => {
            |_, world| on_ground(world, |w, g| Box::pin(waiting::holds_nobody_up(w, g)))
        }
        "CSE/SAE/MAF/007" => |_, world| Box::pin(false_maf::is_told_nothing(world)),
        "CSE/SAE/MAF/008" => {
            |_, world| on_ground(world, |w, g| Box::pin(answers::for_other_usages(w, g)))
        }
        "CSE/SAE/MAF/009" => {
            |_, world| on_ground(world, |w, g| Box::pin(answers::that_expired(w, g)))
        }
        "CSE/SAE/MAF/010" => |_, world| on_ground(world, |w, g| Box::pin(lifetime::ends(w, g))),
        "CSE/SAE/MAF/011" => |_, world| {
            on_ground(world, |w, g| {
                Box::pin(identities::are_those_of_the_maf(w, g))
            })
        },
        "CSE/SAE/MAF/012" => {
            |_, world| on_ground(world, |w, g| Box::pin(identities::by_a_credential(w, g)))
        }
        "CSE/SAE/MAF/013" => {
            |_, world| on_ground(world, |w, g| Box::pin(names::in_another_case(w, g)))
        }
        "CSE/SAE/MAF/014" => {
            |_, world| on_ground(world, |w, g| Box::pin(answers::of_odd_lengths(w, g)))
        }
        "CSE/SAE/MAF/015" => {
            |_, world| on_ground(world, |w, g| Box::pin(several::are_not_mixed_up(w, g)))
        }
        "CSE/SAE/MAF/016" => {
            |_, world| on_ground(world, |w, g| Box::pin(second::has_the_same_key(w, g)))
        }
        "CSE/MAF/RET/001" => |_, world| {
            on_ground(world, |w, g| {
                Box::pin(lifetime::of_a_key_that_is_there(w, g))
            })
        },
        _ => return None,
    };
    Some(function)
}

/// Judges on a ground of the MAF that shares a key with the IUT, and leaves nothing of it behind.
fn on_ground<'x, 'a>(world: &'x mut World<'a>, judge: Judge) -> BoxFuture<'x, Result<(), Stop>> {
    Box::pin(async move {
        let maf = Maf::by_key(world).await?;
        let ground = Ground::new(world, maf).await?;
        let judged = judge(world, &ground).await;
        ground.end(world).await;
        judged
    })
}
