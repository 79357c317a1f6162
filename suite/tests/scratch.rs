#![allow(missing_docs)]
use onem2m_conform::catalogue::PurposeFile;
use onem2m_conform::engine::in_process::InProcess;
use onem2m_conform::engine::purpose;
use onem2m_conform::purposes::{Behaviour, Facts};
use std::collections::BTreeMap;
use std::time::Duration;
#[tokio::test]
async fn scratch() {
    let mut pixit = BTreeMap::new();
    let t: toml::Value =
        toml::from_str(&std::fs::read_to_string("catalogue/pixit.toml").unwrap()).unwrap();
    for p in t["pixit"].as_array().unwrap() {
        pixit.insert(
            p["name"].as_str().unwrap().to_owned(),
            p["default"].as_str().unwrap().to_owned(),
        );
    }
    let mut pics = BTreeMap::new();
    for p in "ACP BIND_HTTP SER_JSON ROLE_IN_CSE PLAIN_MCA S_AE ACCO_ACTW ACCO_ACIP SUB NOTIFY_RETARGET TIMESERIES NONBLOCKING OET".split(' ') { pics.insert(format!("PICS_{p}"), true); }
    let facts = Facts {
        release: 3,
        cse_id: "id-in".into(),
        cse_base: "cse-in".into(),
        sp_domain: "onem2m.example".into(),
        administrator: "CAdmin".into(),
        ae_stem: "Cconf".into(),
        pics,
        pixit,
        disputes: BTreeMap::new(),
        patience: Duration::from_millis(100),
        seed: 1,
    };
    let mut facts = facts;
    let links: Box<dyn purpose::Links> = if let Ok(net) = std::env::var("NET") {
        facts.release = 4;
        facts.sp_domain = "acme.example.com".into();
        facts.patience = Duration::from_millis(1500);
        facts.seed = std::process::id() as u64;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let target = onem2m_conform::tester::target::NotificationTarget::default();
        target.listen(listener);
        let network = onem2m_conform::tester::network::Network {
            authority: net,
            prefix: String::new(),
            patience: Duration::from_secs(3),
            pace: Duration::ZERO,
            target: Some((target, format!("http://127.0.0.1:{port}"))),
            source: "127.0.0.1".into(),
            next: tokio::sync::Mutex::new(std::time::Instant::now()),
        };
        Box::new(onem2m_conform::engine::setup::Live::new(
            std::sync::Arc::new(network),
            &facts,
        ))
    } else {
        Box::new(InProcess::new(
            onem2m_server::Configuration::default(),
            vec![],
        ))
    };
    let only = std::env::var("ONLY").ok();
    let mut n = [0; 2];
    for part in ["catalogue/acp.part1.toml", "catalogue/acp.part2.toml"] {
        let Ok(text) = std::fs::read_to_string(part) else {
            continue;
        };
        let file: PurposeFile = toml::from_str(&text).unwrap();
        for p in &file.purpose {
            if only.as_ref().is_some_and(|o| !p.id.contains(o.as_str())) {
                continue;
            }
            if !p.pics.iter().all(|c| {
                c.split('|').any(|c| match c.strip_prefix('!') {
                    Some(c) => !facts.claims(c),
                    None => facts.claims(c),
                })
            }) {
                continue;
            }
            let b = match Behaviour::of(p) {
                Ok(b) => b,
                Err(e) => {
                    println!("{} BEHAVIOUR {e}", p.id);
                    continue;
                }
            };
            let f = purpose::repeated(p, &b, &facts, links.as_ref(), 1).await;
            let pass = f.judgement.verdict == onem2m_conform::verdict::Verdict::Pass;
            n[pass as usize] += 1;
            if !pass {
                println!("{} {:?}", p.id, f.judgement);
            }
            if only.is_some() {
                for e in &f.transcript {
                    println!("{}", serde_json::to_string(e).unwrap());
                }
            }
        }
    }
    println!("not passed {} passed {}", n[0], n[1]);
}
