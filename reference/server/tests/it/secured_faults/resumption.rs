//! Faults of resumption.

use super::case::{SERVED, ae2, with};
use crate::provisioned::{LOCK, Provisioned};
use onem2m_association::Client;
use onem2m_association::Transport::Tls;

#[tokio::test]
async fn resumption_with_faults_forgets_or_revives() {
    for (fault, withdrawn, expected) in [
        ("ResumedWithoutBinding", false, SERVED),
        ("ResumedAfterWithdrawal", true, SERVED),
    ] {
        let all = Provisioned::judging_by(with(fault));
        let client = Client::new(all.with_key(Tls, LOCK, 1)).unwrap();
        let (_, resumption, _) = all.dial(&client, None).await.unwrap();
        if withdrawn {
            all.table.remove(LOCK.as_bytes());
        }
        let (mut line, _, is_resumed) = all.dial(&client, resumption.as_ref()).await.unwrap();
        assert!(is_resumed, "{fault}");
        assert_eq!(line.answered(ae2()).await, expected, "{fault}");
    }
}
