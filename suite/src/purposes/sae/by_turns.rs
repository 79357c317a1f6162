//! Runs futures by turns in one task.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

enum Turn<F: Future> {
    Runs(Pin<Box<F>>),
    Done(F::Output),
}

/// Runs futures by turns, each as far as it gets, in the order in which they stand; what they come to in the same order.
pub async fn by_turns<F>(futures: Vec<F>) -> Vec<F::Output>
where
    F: Future,
    F::Output: Unpin,
{
    let mut turns: Vec<Turn<F>> = futures
        .into_iter()
        .map(|future| Turn::Runs(Box::pin(future)))
        .collect();
    poll_fn(|context| {
        let mut pending = false;
        for turn in &mut turns {
            if let Turn::Runs(future) = turn {
                match future.as_mut().poll(context) {
                    Poll::Ready(output) => *turn = Turn::Done(output),
                    Poll::Pending => pending = true,
                }
            }
        }
        if pending {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
    turns
        .into_iter()
        .filter_map(|turn| match turn {
            Turn::Done(output) => Some(output),
            Turn::Runs(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[tokio::test]
    async fn each_gets_its_turn_in_order() {
        let order = Mutex::new(Vec::new());
        let future = |number: u32| {
            let order = &order;
            async move {
                order.lock().unwrap().push(number);
                tokio::task::yield_now().await;
                order.lock().unwrap().push(number);
                number
            }
        };
        assert_eq!(by_turns(vec![future(1), future(2)]).await, [1, 2]);
        assert_eq!(*order.lock().unwrap(), [1, 2, 1, 2]);
    }
}
