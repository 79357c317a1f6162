use onem2m_access::Policy;
use serde_json::Value;

use super::rejection::Rejection;
use crate::address;
use crate::clauses::Clauses as Table;
use crate::resource::Resource;
use crate::scene::Scene;

/// A permission of a token (TS-0004 V3.32.0, 6.3.5.41), as far as it is used.
#[derive(Clone, Debug)]
pub(crate) struct Permission {
    /// resourceIDs.
    pub(crate) resources: Vec<String>,
    /// privileges.
    pub(crate) privileges: Policy,
}

/// Reads m2m:tokenPermissions. One with privileges has to name its resources (TS-0003 V3.18.0, 7.3.2.5, step 1); one without
/// grants nothing here.
pub(super) fn read(
    table: &Table,
    permissions: Option<&Value>,
) -> Result<Vec<Permission>, Rejection> {
    let wrong = || Rejection::Claim("tkps");
    let Some(permissions) = permissions else {
        return Ok(Vec::new());
    };
    let listed = match permissions.get("pm") {
        None => return Ok(Vec::new()),
        Some(listed) => listed.as_array().ok_or_else(wrong)?,
    };
    let mut read = Vec::with_capacity(listed.len());
    for permission in listed {
        let Some(privileges) = permission.get("pv") else {
            continue;
        };
        let resources = permission
            .get("ris")
            .and_then(Value::as_array)
            .ok_or_else(wrong)?;
        let names = resources.iter().map(|one| one.as_str().map(str::to_owned));
        read.push(Permission {
            resources: names.collect::<Option<_>>().ok_or_else(wrong)?,
            privileges: (table.policy)(privileges).map_err(|_| wrong())?,
        });
    }
    Ok(read)
}

/// Whether the resource is one of those that are named, in whichever form of identifier.
pub(super) fn concerns(scene: &Scene<'_>, permission: &Permission, target: &Resource) -> bool {
    let is_target = |name: &String| {
        address::resource(scene.tree, scene.home, name)
            .is_some_and(|resource| resource.id == target.id)
    };
    permission.resources.iter().any(is_target)
}
