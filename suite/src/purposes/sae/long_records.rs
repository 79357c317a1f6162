//! Records that are too long, and many that carry nothing (RFC 5246, 6.2).

use super::ending::refused;
use super::fault;
use super::holder::{Holder, registered};
use super::outcome::unserved;
use super::prepared::Prepared;
use super::standing::{close, is_served, stand};
use crate::catalogue::behaviour::{Fixture, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::RecordFault;
use onem2m_association::messages::{AlertDescription, Codec, ContentType, Record};

/// Records without octets before a request.
const EMPTY: u32 = 1000;
const RECORD_OVERFLOW: u8 = AlertDescription::RECORD_OVERFLOW.0;

/// CSE/SAE/TLS/046: two that are too long, and a thousand that are empty, each within an association of its own.
pub async fn end_one_association(world: &mut World<'_>) -> Result<(), Stop> {
    let holder = registered(world, Fixture::Ae1).await?;
    let bystander = registered(world, Fixture::Ae2).await?;
    let mut meanwhile = stand(world, "meanwhile", Role::SetUp, &bystander).await?;
    for (number, name) in ["long-record", "long-fragment", "empty"]
        .into_iter()
        .enumerate()
    {
        match name {
            "long-record" => long_record(world, name, &holder).await?,
            "long-fragment" => long_fragment(world, name, &holder).await?,
            _ => empty(world, name, &holder).await?,
        }
        let step = format!("meanwhile {}", number + 1);
        Prepared::own(world, &bystander, &step, Role::Stimulus)?
            .ask(world, &mut meanwhile)
            .await?;
        is_served(world, &format!("behind {name}"), Role::ReadBack, &holder).await?;
    }
    close("meanwhile", &mut meanwhile).await
}

/// A record that is longer than any may be.
async fn long_record(world: &mut World<'_>, step: &str, holder: &Holder) -> Result<(), Stop> {
    let mut association = stand(world, step, Role::Stimulus, holder).await?;
    let record = Record {
        content_type: ContentType::APPLICATION_DATA,
        version: association.version(),
        fragment: vec![0x5a; Record::MAXIMUM_CIPHERTEXT + 1],
    };
    let octets = record
        .encode()
        .map_err(|error| Stop::error(step, error.to_string()))?;
    fault::send_octets(&mut association, step, octets).await?;
    refused(world, step, &mut association, &[RECORD_OVERFLOW]).await?;
    Ok(())
}

/// A request in a fragment that is longer by one octet than any may be.
async fn long_fragment(world: &mut World<'_>, step: &str, holder: &Holder) -> Result<(), Stop> {
    const FILLED: &str = "X-Fill";
    let mut association = stand(world, step, Role::Stimulus, holder).await?;
    let request = Prepared::own(world, holder, step, Role::Stimulus)?;
    let short = request
        .clone()
        .with_header(FILLED, String::new())
        .octets(world);
    let missing = (Record::MAXIMUM_PLAINTEXT + 1).saturating_sub(short.len());
    let octets = request
        .with_header(FILLED, " ".repeat(missing))
        .octets(world);
    fault::send(&mut association, step, &octets, RecordFault::None).await?;
    refused(world, step, &mut association, &[RECORD_OVERFLOW]).await?;
    Ok(())
}

/// Records without octets and then a request, which is answered unless they end the connection.
async fn empty(world: &mut World<'_>, step: &str, holder: &Holder) -> Result<(), Stop> {
    let mut association = stand(world, step, Role::Stimulus, holder).await?;
    let mut records = Vec::new();
    for _ in 0..EMPTY {
        records.extend(fault::seal(&mut association, step, &[], RecordFault::None)?);
    }
    fault::send_octets(&mut association, step, records).await?;
    let request = Prepared::own(world, holder, &format!("{step}: retrieve"), Role::Stimulus)?;
    let answer = request.read(&request.received(world, &mut association).await?);
    match answer {
        Answer::Closed(how) => world.note(format!("{step}: {how}")),
        answer if answer.succeeded() => close(step, &mut association).await?,
        answer => {
            let expected = "success within the association, or its end";
            return Err(unserved(request.step(), Role::Stimulus, expected, &answer));
        }
    }
    Ok(())
}
