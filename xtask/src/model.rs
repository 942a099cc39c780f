//! What is searched and proved rather than tested: every order of a few events around the judgement that ships, at full depth
//! (phonein-protocol/tests/states), and the models of the messages (docs/model), where ProVerif is installed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{
    paths,
    run::{capture, cargo, watch},
    tally::Tally,
};

const PROVERIF: &str = "proverif";
const MODELS: &str = "docs/model";

/// Arguments of `cargo xtask model`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only the state search, or only the models for ProVerif.
    #[arg(long, value_parser = ["states", "proverif"])]
    only: Option<String>,
}

/// What a query comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    True,
    False,
    /// It cannot be proved.
    Open,
}

use Verdict::{False as F, True as T};

/// A model, and what its queries must come to, in the order of the file.
const TRUE: [(&str, &[Verdict]); 6] = [
    ("open.pv", &[T, T, F, F]),
    ("claim.pv", &[T, T, T, T, T, F, F, F]),
    ("pairing.pv", &[T, T, T, T, F]),
    ("joint.pv", &[T, T, T, T, T, F, F]),
    ("hiding.pv", &[T]),
    ("twice.pv", &[T, F]),
];

/// A mistake made on purpose.
struct Mutant {
    what: &'static str,
    /// File, what stands there once, what stands there instead.
    edits: &'static [(&'static str, &'static str, &'static str)],
    /// Models, and which of their queries must fail, counted from 1.
    fails: &'static [(&'static str, &'static [usize])],
}

const MUTANTS: [Mutant; 9] = [
    Mutant {
        what: "HELLO's version and token are not in the prologue",
        edits: &[("rules.pvl", "= (phonein, kind, hello).", "= (phonein, kind).")],
        fails: &[("open.pv", &[1])],
    },
    Mutant {
        what: "spent tokens are forgotten",
        edits: &[(
            "tokens.pvl",
            "restriction t: bitstring, i: stamp, j: stamp; event(Spent(t, i)) && event(Spent(t, j)) ==> i = j.",
            "",
        )],
        fails: &[("open.pv", &[1]), ("joint.pv", &[1])],
    },
    Mutant {
        what: "the signature leaves out h",
        edits: &[("rules.pvl", "= (label_request, h, signer, age, body).", "= (label_request, signer, age, body).")],
        fails: &[("open.pv", &[1])],
    },
    Mutant {
        what: "a grant does not name its intercom",
        edits: &[
            ("rules.pvl", "= (label_grant, signer, door, payload).", "= (label_grant, signer, payload)."),
            (
                "rules.pvl",
                "let (=label_grant, =signer, =door, payload: bitstring)",
                "let (=label_grant, =signer, payload: bitstring)",
            ),
        ],
        fails: &[("claim.pv", &[3])],
    },
    Mutant {
        what: "a link is read by others before it is claimed",
        edits: &[("claim.pv", "out(net, grant);", "out(net, (grant, link_secret));")],
        fails: &[("claim.pv", &[1, 2, 4, 5])],
    },
    Mutant {
        what: "the UUID is known to others",
        edits: &[("pairing.pv", "! new uuid: bitstring;", "! new uuid: bitstring; out(net, uuid);")],
        fails: &[("pairing.pv", &[1, 2, 3, 4])],
    },
    Mutant {
        what: "the kid stands outside of the seal",
        edits: &[("hiding.pv", "out(net, (token, dh(base, e),", "out(net, (kid(pk(sk)), token, dh(base, e),")],
        fails: &[("hiding.pv", &[1])],
    },
    Mutant {
        what: "a REQ is answered again and again",
        edits: &[(
            "twice.pv",
            "restriction t: bitstring, e: point, i: stamp, j: stamp; event(Refused(t, e, i)) && event(Refused(t, e, j)) ==> i = j.",
            "",
        )],
        fails: &[("twice.pv", &[1])],
    },
    Mutant {
        what: "the intercom's static key is stolen: its answers can be forged, its phones cannot",
        edits: &[("rules.pvl", "let theft(s: scalar) = 0.", "let theft(s: scalar) = out(net, s).")],
        fails: &[("open.pv", &[2])],
    },
];

/// Searches, and proves what can be proved here.
pub(crate) fn run(args: &Args) -> Result<()> {
    let wants = |what: &str| args.only.as_deref().is_none_or(|only| only == what);
    let mut closing = Vec::new();
    if wants("states") {
        closing.push(format!("state search: {}", search()?));
    }
    if wants("proverif") {
        closing.push(prove()?);
    }
    println!();
    for line in closing {
        println!("{line}");
    }
    Ok(())
}

fn search() -> Result<Tally> {
    let mut tally = Tally::default();
    // As the tests are built: the protocol is optimised there, too.
    let test = ["test", "--locked", "--workspace", "--test", "states", "--"];
    let mut search = cargo(&test);
    search.args(["--include-ignored", "--nocapture"]).env("PHONEIN_MODEL", "full");
    watch(search, |line| tally.count(line))?;
    Ok(tally)
}

fn prove() -> Result<String> {
    let Ok(version) = Command::new(PROVERIF).arg("--help").output() else {
        return Ok(format!(
            "ProVerif: not run, there is no `{PROVERIF}` here (`opam install proverif`). {MODELS} proves nothing by itself"
        ));
    };
    let version = String::from_utf8_lossy(&version.stdout).lines().next().unwrap_or_default().to_owned();
    println!("\n{version}");
    for (model, must) in TRUE {
        let verdicts = verdicts(&copy(&[])?, model)?;
        ensure!(verdicts == must, "{model}: {verdicts:?}, and it must be {must:?}");
        println!("as it must be  {model}");
    }
    for Mutant { what, edits, fails } in &MUTANTS {
        let place = copy(edits)?;
        for (model, queries) in *fails {
            let verdicts = verdicts(&place, model)?;
            // An equivalence that is gone may be only beyond proof.
            let is_seen = |query: &usize| match verdicts.get(query - 1) {
                Some(Verdict::False) => true,
                Some(Verdict::Open) => *model == "hiding.pv",
                _ => false,
            };
            ensure!(queries.iter().all(is_seen), "{what}: {model} came to {verdicts:?}, and {queries:?} must fail");
        }
        println!("seen           {what}");
    }
    Ok(format!("ProVerif: {} models as they must be, {} mistakes seen", TRUE.len(), MUTANTS.len()))
}

/// The models with these edits, in a place of their own.
fn copy(edits: &[(&str, &str, &str)]) -> Result<PathBuf> {
    let place = paths::target()?.join("model");
    fs::create_dir_all(&place)?;
    for file in fs::read_dir(paths::root().join(MODELS))? {
        let file = file?;
        fs::copy(file.path(), place.join(file.file_name()))?;
    }
    for (file, find, replace) in edits {
        let path = place.join(file);
        let text = fs::read_to_string(&path)?;
        ensure!(
            text.matches(find).count() == 1,
            "{file} does not hold `{find}` once: say anew how to make this mistake"
        );
        fs::write(&path, text.replace(find, replace))?;
    }
    Ok(place)
}

fn verdicts(place: &Path, model: &str) -> Result<Vec<Verdict>> {
    let libraries = ["primitives.pvl", "rules.pvl", "tokens.pvl"].iter().flat_map(|library| ["-lib", library]);
    let printed = capture(Command::new(PROVERIF).args(libraries).arg(model).current_dir(place))?;
    read(&printed).with_context(|| format!("what ProVerif says of {model}"))
}

fn read(printed: &str) -> Result<Vec<Verdict>> {
    let results = printed.lines().filter(|line| line.starts_with("RESULT"));
    let verdicts = results.map(|line| match line.trim_end_matches('.') {
        line if line.ends_with(" is true") => Ok(Verdict::True),
        line if line.ends_with(" is false") => Ok(Verdict::False),
        line if line.ends_with(" cannot be proved") => Ok(Verdict::Open),
        other => Err(anyhow::anyhow!("`{other}` is no verdict")),
    });
    verdicts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_can_be_made_in_the_models_as_they_are() {
        for Mutant { what, edits, fails } in &MUTANTS {
            for (file, find, replace) in *edits {
                let text = fs::read_to_string(paths::root().join(MODELS).join(file)).unwrap();
                assert_eq!(text.matches(find).count(), 1, "{what}: {file}");
                assert_ne!(find, replace);
            }
            for (model, queries) in *fails {
                let (_, must) = TRUE.iter().find(|(name, _)| name == model).unwrap();
                assert!(
                    queries.iter().all(|query| must[query - 1] == Verdict::True),
                    "{what} shows nothing in {model}"
                );
            }
        }
    }

    #[test]
    fn each_model_has_as_many_queries_as_verdicts() {
        for (model, must) in TRUE {
            let text = fs::read_to_string(paths::root().join(MODELS).join(model)).unwrap();
            let queries = text.lines().filter(|line| line.starts_with("query ")).count();
            // That of an equivalence is its process.
            assert_eq!(queries.max(1), must.len(), "{model}");
        }
    }

    #[test]
    fn verdicts_are_read_as_they_are_printed() {
        let printed = "Linear part:\nRESULT inj-event(Obeyed(p)) ==> inj-event(Asked(p)) is true.\nRESULT not event(Heard(d)) is \
                       false.\nRESULT Observational equivalence cannot be proved.\n";
        assert_eq!(read(printed).unwrap(), [Verdict::True, Verdict::False, Verdict::Open]);
        assert!(read("RESULT something else.\n").is_err());
    }
}
