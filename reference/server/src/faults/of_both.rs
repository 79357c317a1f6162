/// The faults of key services: each as one of an MAF and as one of an MEF, which have tables of clauses of their own and obey
/// requirements of their own.
macro_rules! of_both {
    ($({ $maf:literal: $maf_breaks:literal, $mef:literal: $mef_breaks:literal, $summary:literal, $change:expr }),+ $(,)?) => {
        &[$(
            crate::faults::Fault {
                name: $maf,
                requirement: $maf_breaks,
                summary: concat!("MAF: ", $summary),
                apply: |clauses| {
                    let change: fn(&mut crate::key_services::Clauses) = $change;
                    change(&mut clauses.maf);
                },
            },
            crate::faults::Fault {
                name: $mef,
                requirement: $mef_breaks,
                summary: concat!("MEF: ", $summary),
                apply: |clauses| {
                    let change: fn(&mut crate::key_services::Clauses) = $change;
                    change(&mut clauses.mef);
                },
            },
        )+]
    };
}

pub(super) use of_both;
