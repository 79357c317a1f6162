//! An MEF, an MAF and a CSE on loopback, and what each was told before the story begins.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use onem2m_association::{Allowed, ClientCredential, Domain, PskKey, PskTable, Trust};
use onem2m_identity::{DomainName, Entity, Home, PskIdentity};
use onem2m_keys::Suid;
use onem2m_server::{
    Clauses, Client, Configuration, Cse, EnrolmentTarget, KcReading, KeyService, KnownMaf,
    Security, ServiceRole, ServiceSettings, SystemClock, TcpConnector, WireNames,
};
use time::OffsetDateTime;
use time::macros::format_description;
use tokio::net::TcpListener;
use zeroize::Zeroizing;

pub const MEF: &str = "mef.example";
pub const MAF: &str = "maf.example";
pub const STAKEHOLDER: &str = "operator.example";
pub const LAMP: &str = "SLAMP";
pub const DISPLAY: &str = "SDISPLAY";
const SERVICE: &str = "SMAF";

/// An identity and its key.
type Known = (&'static str, &'static [u8]);

/// What the lamp has from the factory, and the MEF too.
pub const FACTORY: Known = ("lamp@mef.example", &[1; 32]);
/// The MAF at the MEF.
pub const OPERATOR: Known = ("maf@mef.example", &[2; 32]);
/// The display at the MAF, and at the CSE.
pub const AT_MAF: Known = ("display@maf.example", &[3; 32]);
pub const AT_CSE: Known = ("display@in.example", &[4; 32]);
/// The CSE at the MAF.
const CSE_AT_MAF: Known = ("cse@maf.example", &[5; 32]);

/// Where everybody is.
pub struct Place {
    pub mef: SocketAddr,
    pub maf: SocketAddr,
    pub cse: SocketAddr,
    home: Home,
    service: KeyService,
}

impl Place {
    /// Starts all three.
    pub async fn open() -> Result<Self, Box<dyn Error>> {
        let configuration = Configuration::default();
        let home = Home::new(configuration.sp.clone(), configuration.cse_id.clone());
        let (mef, _) = serve(mef(&home)?).await?;
        let (maf, service) = serve(maf(&home)?).await?;
        let configuration = Configuration {
            security: Some(keys(&[(AT_CSE, ae(DISPLAY, &home)?)])?),
            mafs: vec![known_maf(maf)?],
            ..configuration
        };
        let clock = Arc::new(SystemClock);
        let cse = Cse::new(
            configuration,
            clock,
            Clauses::SPECIFICATION,
            Arc::new(TcpConnector),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(cse.listen_tls(listener));
        Ok(Self {
            mef,
            maf,
            cse: address,
            home,
            service,
        })
    }

    /// Gives the MAF the Master Credential of the lamp, whose KmID is the KeID (TS-0003 V3.18.0, 8.3.2.1).
    pub fn tell_maf(&self, key_id: &str, key: &[u8]) -> Result<(), Box<dyn Error>> {
        let key = PskKey::new(Zeroizing::new(key.to_vec()))?;
        let lamp = ae(LAMP, &self.home)?;
        Ok(self
            .service
            .provision_key(key_id.as_bytes(), key, Some(lamp))?)
    }

    /// The absolute identifier of an AE.
    pub fn absolute(&self, stem: &str) -> Result<String, Box<dyn Error>> {
        Ok(ae(stem, &self.home)?.absolute())
    }

    /// The absolute identifier of the CSE.
    pub fn cse_id(&self) -> Result<String, Box<dyn Error>> {
        Ok(cse(&self.home)?.absolute())
    }
}

/// The lamp may enrol, and the MAF may fetch what is derived for it.
fn mef(home: &Home) -> Result<ServiceSettings, Box<dyn Error>> {
    let (lamp, service) = (ae(LAMP, home)?, ae(SERVICE, home)?);
    let security = keys(&[(FACTORY, lamp.clone()), (OPERATOR, service.clone())])?;
    let target = EnrolmentTarget {
        entity: service,
        fqdn: MAF.to_owned(),
        enrolee: lamp,
        usages: vec![Suid(21)],
    };
    Ok(ServiceSettings {
        enrolment_targets: vec![target],
        ..ServiceSettings::new(ServiceRole::Mef, DomainName::parse(MEF)?, security)
    })
}

/// Its clients are the lamp, whose key it does not have yet, the display and the CSE.
fn maf(home: &Home) -> Result<ServiceSettings, Box<dyn Error>> {
    let cse = cse(home)?;
    let (lamp, display) = (ae(LAMP, home)?, ae(DISPLAY, home)?);
    let security = keys(&[(AT_MAF, display.clone()), (CSE_AT_MAF, cse.clone())])?;
    let client = |entity| Client {
        entity,
        admin_fqdn: STAKEHOLDER.to_owned(),
        configuration: None,
        commands: Vec::new(),
    };
    Ok(ServiceSettings {
        clients: [lamp, display, cse].map(client).to_vec(),
        ..ServiceSettings::new(ServiceRole::Maf, DomainName::parse(MAF)?, security)
    })
}

/// The MAF, as the CSE was told of it.
fn known_maf(address: SocketAddr) -> Result<KnownMaf, Box<dyn Error>> {
    let (identity, key) = CSE_AT_MAF;
    Ok(KnownMaf {
        fqdn: DomainName::parse(MAF)?,
        address: format!("https://{address}"),
        credential: ClientCredential::Psk {
            identity: PskIdentity::parse(identity.as_bytes())?,
            key: PskKey::new(Zeroizing::new(key.to_vec()))?,
        },
        trust: Trust::default(),
        stakeholder: STAKEHOLDER.to_owned(),
        reading: KcReading::Whole,
        patience: Duration::from_secs(3),
        names: WireNames::of_project(ServiceRole::Maf),
    })
}

async fn serve(settings: ServiceSettings) -> Result<(SocketAddr, KeyService), Box<dyn Error>> {
    let clock = Arc::new(SystemClock);
    let service = KeyService::new(settings, clock, &Clauses::SPECIFICATION)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(service.clone().listen_tls(listener));
    Ok((address, service))
}

fn keys(known: &[(Known, Entity)]) -> Result<Arc<Security>, Box<dyn Error>> {
    let table = PskTable::new();
    for ((identity, key), entity) in known {
        let identity = PskIdentity::parse(identity.as_bytes())?;
        let key = PskKey::new(Zeroizing::new(key.to_vec()))?;
        table.insert(identity, key, Allowed::Entity(entity.clone()))?;
    }
    Ok(Arc::new(Security {
        identities: Some(Arc::new(table)),
        ..Security::new(Domain::Infrastructure)
    }))
}

fn cse(home: &Home) -> Result<Entity, Box<dyn Error>> {
    let id = Configuration::default().cse_id.to_string();
    Ok(Entity::parse_cse(&id, home)?)
}

fn ae(stem: &str, home: &Home) -> Result<Entity, Box<dyn Error>> {
    Ok(Entity::parse_ae(stem, home)?)
}

/// An expirationTime.
pub fn in_an_hour() -> String {
    let format = format_description!("[year][month][day]T[hour][minute][second]");
    let end = OffsetDateTime::now_utc() + time::Duration::hours(1);
    end.format(format).unwrap_or_default()
}
