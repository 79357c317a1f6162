//! Where the IUT reaches the entities of a world, and what they answer there.

use super::World;
use crate::catalogue::behaviour::{ScriptedAnswer, is_cse};
use crate::purposes::stop::Stop;

impl World<'_> {
    /// Makes the point of access of an entity usable in templates.
    pub fn open_point_of_access(&mut self, step: &str, entity: &str) -> Result<(), Stop> {
        let owner = self.point_of_access_name(entity);
        let url = self
            .recorder
            .point_of_access(&owner)
            .map_err(|error| Stop::link(step, &error))?;
        self.words.points_of_access.insert(entity.to_owned(), url);
        Ok(())
    }

    /// How the link knows the point of access of an entity in this world: a CSE by its CSE-ID.
    pub fn point_of_access_name(&self, entity: &str) -> String {
        match self.identity(entity) {
            Ok(identity) if is_cse(entity) => identity,
            _ => format!("{}-{entity}", self.words.naming.tag()),
        }
    }

    /// From here on a CSE of the tester answers requests of the IUT so.
    pub async fn script(
        &mut self,
        step: &str,
        entity: &str,
        answers: &[ScriptedAnswer],
    ) -> Result<(), Stop> {
        let mut filled = Vec::new();
        for answer in answers {
            let mut answer = answer.clone();
            answer.to = self.fill_text(step, answer.to).await?;
            if let Some(content) = &answer.content {
                answer.content = Some(self.fill(step, content).await?);
            }
            filled.push(answer);
        }
        self.recorder
            .script(&self.point_of_access_name(entity), step, filled)
            .map_err(|error| Stop::link(step, &error))
    }
}
