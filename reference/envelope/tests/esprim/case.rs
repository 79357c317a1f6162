use onem2m_envelope::esprim::{
    Clauses, Discard, Expiry, IssuedObject, OriginatorRand, PairwiseKey, RandOctets, Readings,
    Received, ReceiverRand, RecordedObject, Refusal, Session, Sighting, Tables, accept_response,
    check_from, receive,
};
use onem2m_envelope::json::read_object;
use onem2m_envelope::{EnvelopeError, Part};
use onem2m_keys::{ContentKeyOctets, PairwiseEsPrimKey, SessionEsPrimKey, SessionKeyAlgorithm};
use serde_json::{Value, json};
use time::OffsetDateTime;

const FILE: &str = include_str!("../../../../vectors/esprim.json");

/// The vectors and their fixture.
pub struct Vectors(Value);

impl Vectors {
    pub fn read() -> Self {
        Self(serde_json::from_str(FILE).unwrap())
    }

    pub fn cases(&self) -> Vec<Case<'_>> {
        let vectors = self.0["vectors"].as_array().unwrap();
        let case = |vector| Case {
            fixture: &self.0["fixture"],
            vector,
        };
        vectors.iter().map(case).collect()
    }
}

/// A vector with its fixture.
pub struct Case<'v> {
    fixture: &'v Value,
    pub vector: &'v Value,
}

impl Case<'_> {
    pub fn about(&self) -> String {
        format!("{}: {}", self.vector["id"], self.vector["reason"])
    }

    pub fn does(&self, what: &str) -> bool {
        self.vector["does"] == what
    }

    /// What the vector expects, without what others may answer.
    pub fn expected(&self) -> Value {
        let mut expected = self.vector["expected"].clone();
        expected.as_object_mut().unwrap().remove("lawful");
        expected
    }

    /// What comes of the vector where these clauses hold.
    pub fn outcome(&self, clauses: &Clauses) -> Value {
        match self.vector["does"].as_str().unwrap() {
            "session" => self.derived(),
            "receive" => self.received(clauses),
            "accept" => self.accepted(clauses),
            other => panic!("nothing does {other}"),
        }
    }

    fn derived(&self) -> Value {
        let readings = self.readings();
        let reading = readings.rand_octets;
        let receiver = reading
            .of(&self.receiver(), readings.value_encoding)
            .unwrap();
        let originator = reading
            .of(&self.originator(), readings.value_encoding)
            .unwrap();
        let key = PairwiseEsPrimKey::new(&octets(self.text("key")));
        let algorithm = SessionKeyAlgorithm::HmacSha256;
        let key = SessionEsPrimKey::derive(algorithm, &key, &receiver, &originator);
        json!({
            "receiver": hex(&receiver),
            "originator": hex(&originator),
            "session_key": hex(key.octets()),
        })
    }

    fn received(&self, clauses: &Clauses) -> Value {
        let readings = self.readings();
        let result = receive(
            clauses,
            self.text("object"),
            &readings,
            &self.tables(),
            self.now(),
        );
        let judged = match result {
            Ok(received) => match inner(clauses, &received) {
                Ok(()) => {
                    let record = received.record.as_ref();
                    return opened(
                        json!({"status": 2000}),
                        &received.plaintext,
                        record.map(|record| record.object.id()),
                    );
                }
                Err(judged) => judged,
            },
            Err(refusal) => Judged::from(refusal),
        };
        json!({"status": judged.status, "fault": judged.fault})
    }

    fn accepted(&self, clauses: &Clauses) -> Value {
        let begun = moment(self.fixture["now"].as_str().unwrap());
        let readings = self.readings();
        let session = Session::begin(
            &Clauses::SPECIFICATION,
            &readings,
            &self.key("key"),
            &self.originator(),
            &self.receiver(),
            begun,
        )
        .unwrap();
        let object = self.text("object");
        match accept_response(clauses, object, &readings, &session, self.now()) {
            Ok(accepted) => {
                let record = accepted.record.as_ref();
                opened(
                    json!({}),
                    &accepted.plaintext,
                    record.map(|object| object.id()),
                )
            }
            Err(discard) => json!({"fault": match &discard {
                Discard::Refused(refusal) => fault(refusal),
                Discard::OtherSession { member: "kid", .. } => "session-kid",
                Discard::OtherSession { member: "ori", .. } => "session-ori",
                Discard::OtherSession { .. } => "session-rri",
                Discard::Expired => "expired-session",
            }}),
        }
    }

    fn tables(&self) -> Tables {
        let mut key = self.key("key");
        if let Some(expires) = self.vector["from"]["key_expires"].as_str() {
            key.expires = Some(Expiry::read(expires).unwrap().moment(self.now()));
        }
        key.for_esprim = self.vector["from"]["key_for_esprim"] != false;
        let receiver = self.receiver();
        let recorded = self.vector["from"]["recorded"]
            .as_array()
            .into_iter()
            .flatten();
        let recorded_for = self.vector["from"]["recorded_for"]
            .as_str()
            .unwrap_or(&key.id);
        let recorded = recorded.map(|text| {
            let object = OriginatorRand::from_json(text.as_str().unwrap()).unwrap();
            RecordedObject {
                expires: object.expiry().moment(self.now()),
                object,
                key_id: recorded_for.to_owned(),
            }
        });
        let seen = self.vector["from"]["seen"].as_str().map(|iv| Sighting {
            key_id: key.id.clone(),
            originator_id: "or-0001".into(),
            receiver_id: "rr-0001".into(),
            iv: octets(iv),
        });
        Tables {
            recorded: recorded.collect(),
            keys: vec![key, self.key("other_key")],
            issued: vec![IssuedObject {
                expires: receiver.expiry().moment(self.now()),
                object: receiver,
                issued_to: self.vector["from"]["issued_to"].as_str().map(str::to_owned),
            }],
            seen: seen.into_iter().collect(),
        }
    }

    fn key(&self, name: &str) -> PairwiseKey {
        let key = &self.fixture[name];
        PairwiseKey {
            id: self.text_of(key, "id").into(),
            key: PairwiseEsPrimKey::new(&octets(self.text_of(key, "octets"))),
            entity: self.text_of(key, "entity").into(),
            expires: None,
            for_esprim: true,
        }
    }

    fn readings(&self) -> Readings {
        Readings {
            rand_octets: RandOctets::from_name(self.text("reading")).unwrap(),
            content_key: match self.text("content_key") {
                "leftmost" => ContentKeyOctets::Leftmost,
                "rightmost" => ContentKeyOctets::Rightmost,
                other => panic!("no octets: {other}"),
            },
            ..Readings::default()
        }
    }

    fn receiver(&self) -> ReceiverRand {
        ReceiverRand::from_json(self.text("receiver")).unwrap()
    }

    fn originator(&self) -> OriginatorRand {
        OriginatorRand::from_json(self.text("originator")).unwrap()
    }

    fn now(&self) -> OffsetDateTime {
        moment(self.text("now"))
    }

    /// What the vector states; otherwise what the fixture does.
    pub fn text(&self, name: &str) -> &str {
        let stated = self.vector["from"].get(name).unwrap_or(&self.fixture[name]);
        stated
            .as_str()
            .unwrap_or_else(|| panic!("no {name}: {}", self.about()))
    }

    fn text_of<'a>(&self, value: &'a Value, name: &str) -> &'a str {
        value[name]
            .as_str()
            .unwrap_or_else(|| panic!("no {name}: {}", self.about()))
    }
}

/// A refusal in the words of the vectors.
struct Judged {
    status: u16,
    fault: &'static str,
}

impl From<Refusal> for Judged {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal.status(),
            fault: fault(&refusal),
        }
    }
}

/// What the inner processing asks at least: a request in JSON, whose From is the identity of the key. XML is not read here.
fn inner(clauses: &Clauses, received: &Received) -> Result<(), Judged> {
    let no_request = || Judged {
        status: 5210,
        fault: "inner",
    };
    if received.plaintext.starts_with(b"<") {
        return Ok(());
    }
    let members = read_object(&received.plaintext).map_err(|_| no_request())?;
    if !members.contains_key("op") || !members.contains_key("to") {
        return Err(no_request());
    }
    let from = members.get("fr").and_then(Value::as_str);
    check_from(clauses, &received.entity, from).map_err(Judged::from)
}

fn fault(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Form(EnvelopeError::Parts { .. }) => "parts",
        Refusal::Form(EnvelopeError::Base64Url { .. }) => "base64url",
        Refusal::Form(EnvelopeError::Json { .. }) => "header",
        Refusal::Form(EnvelopeError::PartLength {
            part: Part::InitializationVector,
            ..
        }) => "iv-length",
        Refusal::Form(EnvelopeError::PartLength { .. }) => "tag-length",
        Refusal::Form(other) => panic!("{other}"),
        Refusal::EncryptedKey { .. } => "encrypted-key",
        Refusal::NoCiphertext => "ciphertext",
        Refusal::Missing { .. } => "missing",
        Refusal::Type { .. } => "type",
        Refusal::NotAName { .. } => "ncname",
        Refusal::Algorithm { .. } => "alg",
        Refusal::Encryption { .. } => "enc",
        Refusal::Compression { .. } => "zip",
        Refusal::Critical { .. } => "crit",
        Refusal::ContentType { .. } => "cty",
        Refusal::Misplaced { .. } => "misplaced",
        Refusal::RandObject { .. } => "rand-object",
        Refusal::UnknownKey { .. } => "unknown-key",
        Refusal::KeyNotForEsPrim { .. } => "key-not-for-esprim",
        Refusal::KeyExpired { .. } => "expired-key",
        Refusal::UnknownReceiverObject { .. } => "unknown-receiver-object",
        Refusal::ReceiverObjectOfAnother { .. } => "receiver-object-of-another",
        Refusal::ReceiverObjectExpired { .. } => "expired-receiver-object",
        Refusal::UnknownOriginatorObject { .. } => "unknown-originator-object",
        Refusal::OtherIdentifier { .. } => "other-identifier",
        Refusal::OriginatorObjectChanged { .. } => "changed-originator-object",
        Refusal::OriginatorObjectExpired { .. } => "expired-originator-object",
        Refusal::OutlivesReceiverObject { .. } => "outlives",
        Refusal::KeyAlgorithm { .. } => "key-algorithm",
        Refusal::KeyAlgorithmNotOffered { .. } => "key-algorithm-not-offered",
        Refusal::NoProtocol => "no-protocol",
        Refusal::ProtocolNotOffered { .. } => "protocol-not-offered",
        Refusal::EncryptionNotListed { .. } => "enc-not-listed",
        Refusal::Derivation(_) => "derivation",
        Refusal::Tag => "tag",
        Refusal::Replayed => "replay",
        Refusal::Serialization { .. } => "serialization",
        Refusal::Impersonation { .. } => "from",
    }
}

fn opened(mut outcome: Value, plaintext: &[u8], records: Option<&str>) -> Value {
    outcome["plaintext"] = String::from_utf8_lossy(plaintext).into();
    if let Some(records) = records {
        outcome["records"] = records.into();
    }
    outcome
}

fn moment(text: &str) -> OffsetDateTime {
    Expiry::read(text)
        .unwrap()
        .moment(OffsetDateTime::UNIX_EPOCH)
}

fn octets(digits: &str) -> Vec<u8> {
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect()
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
