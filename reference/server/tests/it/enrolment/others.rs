use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use time::OffsetDateTime;
use tokio::net::TcpListener;

use super::bench::{Enrolment, FQDN, URI};
use crate::authority::{Name, Order};

/// `curl` and `openssl` as the client: they know nothing of this project.
#[tokio::test(flavor = "multi_thread")]
async fn curl_and_openssl_get_and_renew_a_certificate() {
    if !["curl", "openssl"].iter().all(|program| is_there(program)) {
        return;
    }
    let mef = Enrolment::at(None);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(mef.service.clone().listen_tls(listener));
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let first = Order::leaf(&[Name::Uri(URI)])
        .valid(now - 60, now + 3600)
        .issued_by(&mef.root);
    let folder = Folder::new();
    folder.write("root.pem", &mef.root.certificate.to_pem().unwrap());
    folder.write("ca.pem", &mef.issuer.certificate.to_pem().unwrap());
    folder.write("own.pem", &first.certificate.to_pem().unwrap());
    folder.write("own.key", &first.key.private_key_to_pem_pkcs8().unwrap());
    tokio::task::spawn_blocking(move || {
        for operation in ["simpleenroll", "simplereenroll"] {
            folder.curl(port, "cacerts", &["-o", "cacerts.b64"]);
            folder.openssl(&[
                "base64",
                "-d",
                "-A",
                "-in",
                "cacerts.b64",
                "-out",
                "cacerts.p7",
            ]);
            folder.openssl(&[
                "pkcs7",
                "-inform",
                "DER",
                "-in",
                "cacerts.p7",
                "-print_certs",
                "-out",
                "got-ca.pem",
            ]);
            folder.curl(port, "csrattrs", &["-o", "attributes.b64"]);
            folder.openssl(&[
                "base64",
                "-d",
                "-A",
                "-in",
                "attributes.b64",
                "-out",
                "attributes.der",
            ]);
            let parsed = folder.openssl(&["asn1parse", "-inform", "DER", "-in", "attributes.der"]);
            let challenge = parsed.split("UTF8STRING").nth(1).unwrap();
            let challenge = challenge
                .trim_start_matches([' ', ':'])
                .lines()
                .next()
                .unwrap();
            folder.write("request.conf", configuration(challenge).as_bytes());
            folder.openssl(&[
                "req",
                "-new",
                "-config",
                "request.conf",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "new.key",
                "-outform",
                "DER",
                "-out",
                "request.der",
            ]);
            folder.openssl(&["base64", "-in", "request.der", "-out", "request.b64"]);
            folder.curl(
                port,
                operation,
                &[
                    "-H",
                    "Content-Type: application/pkcs10",
                    "--data-binary",
                    "@request.b64",
                    "-o",
                    "new.b64",
                ],
            );
            folder.openssl(&["base64", "-d", "-A", "-in", "new.b64", "-out", "new.p7"]);
            folder.openssl(&[
                "pkcs7",
                "-inform",
                "DER",
                "-in",
                "new.p7",
                "-print_certs",
                "-out",
                "new.pem",
            ]);
            let verified = folder.openssl(&["verify", "-CAfile", "got-ca.pem", "new.pem"]);
            assert!(verified.contains("OK"), "{verified}");
            let shown =
                folder.openssl(&["x509", "-in", "new.pem", "-noout", "-ext", "subjectAltName"]);
            assert!(shown.contains(URI), "{shown}");
            // What was issued is what renews.
            for kind in ["pem", "key"] {
                fs::rename(
                    folder.0.join(format!("new.{kind}")),
                    folder.0.join(format!("own.{kind}")),
                )
                .unwrap();
            }
        }
    })
    .await
    .unwrap();
}

fn configuration(challenge: &str) -> String {
    format!(
        "[req]\nprompt = no\ndistinguished_name = subject\nattributes = attributes\nreq_extensions = extensions\n\
         [subject]\nCN = device\n[attributes]\nchallengePassword = {challenge}\n\
         [extensions]\nsubjectAltName = URI:{URI}\nkeyUsage = digitalSignature\n"
    )
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
        || Command::new(program).arg("version").output().is_ok()
}

/// A fresh folder of one test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("enrolment");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, octets: &[u8]) {
        fs::write(self.0.join(name), octets).unwrap();
    }

    fn openssl(&self, arguments: &[&str]) -> String {
        self.run("openssl", arguments)
    }

    fn curl(&self, port: u16, operation: &str, arguments: &[&str]) {
        let resolved = format!("{FQDN}:{port}:127.0.0.1");
        let url = format!("https://{FQDN}:{port}/.well-known/est/{operation}");
        let always = [
            "--silent",
            "--show-error",
            "--fail-with-body",
            "--tls-max",
            "1.2",
            "--noproxy",
            "*",
            "--resolve",
            &resolved,
            "--cacert",
            "root.pem",
            "--cert",
            "own.pem",
            "--key",
            "own.key",
            &url,
        ];
        self.run("curl", &[&always, arguments].concat());
    }

    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{program} {arguments:?}: {said}{errors}"
        );
        said + &errors
    }
}
