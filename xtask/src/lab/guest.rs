//! The guest itself: an emulated machine that lives for a few programs.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Read},
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{
    console::{self, Event},
    initramfs,
    kernel::{self, Kernel},
    pins,
};
use crate::paths;

/// How the guest is.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The MTU that bluetoothd offers.
    #[arg(long, default_value_t = 517, value_parser = clap::value_parser!(u16).range(48..=517))]
    pub(crate) mtu: u16,
    /// How many Bluetooth adapters there are: hci0, hci1 and so on.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=8))]
    pub(crate) adapters: u8,
    /// Prints what the daemons say, and all that goes over the air, when the programs have ended.
    #[arg(long)]
    pub(crate) debug: bool,
    /// A test that takes more seconds than this has failed, and so has a program [default: 180, with --long or a program 1800].
    #[arg(long, value_name = "SECONDS")]
    pub(crate) limit: Option<u64>,
    /// One more file for the guest, where it finds it under the same path.
    #[arg(long, value_name = "FILE")]
    pub(crate) with: Vec<PathBuf>,
}

/// A program of this machine to run in the guest, as root, in an empty directory.
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    pub(crate) args: Vec<String>,
}

/// A machine to boot.
pub(crate) struct Guest<'a> {
    pub(crate) options: &'a Options,
    /// It is switched off if a program takes longer than this, or its own start.
    pub(crate) limit: Duration,
    /// What its programs find in their environment, `PHONEIN_LAB` beside it.
    pub(crate) environment: Vec<(&'a str, String)>,
    /// What it has beside its programs, under the same paths.
    pub(crate) files: Vec<PathBuf>,
}

/// What is heard of a guest's programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard<'a> {
    /// The next one starts.
    Begin { line: &'a str },
    /// It prints something, or the kernel does.
    Line(&'a str),
    /// It has ended, with this status; with none, it took too long.
    End { status: Option<i32> },
}

/// Prints what is heard, as it comes.
pub(crate) fn print(heard: Heard<'_>) {
    match heard {
        Heard::Begin { line } => println!("guest$ {line}"),
        Heard::Line(line) => println!("{line}"),
        Heard::End { .. } => {}
    }
}

impl Guest<'_> {
    /// Boots and runs the programs one after another, up to the first that fails: what that leaves behind is gone with the guest.
    /// All that is heard of them goes to `heard`. Returns their exit statuses.
    pub(crate) fn run(&self, programs: &[Program], heard: impl FnMut(Heard<'_>)) -> Result<Vec<i32>> {
        initramfs::install()?;
        let kernel = kernel::kernel()?;
        let disk = self.disk(programs, &kernel)?;
        let start = Instant::now();
        let mut qemu = Running::start(&kernel, disk)?;
        let lines = lines(qemu.0.stdout.take())?;
        let noise = qemu.0.stderr.take().context("no pipe")?;
        let noise = thread::spawn(move || {
            let mut text = Vec::new();
            // A pipe that breaks leaves less to show, no more.
            let _ = BufReader::new(noise).read_to_end(&mut text);
            String::from_utf8_lossy(&text).replace('\r', "")
        });
        let result = listen(&lines, self.limit, programs.len(), heard);
        drop(qemu);
        println!("the guest ran for {:.1} s", start.elapsed().as_secs_f64());
        let noise = noise.join().unwrap_or_default();
        let failed = !result.as_ref().is_ok_and(|statuses| statuses.iter().all(|status| *status == 0));
        if self.options.debug || failed {
            print_noise(&noise, self.options.debug);
        }
        result
    }

    /// What the guest starts from, in a file that is gone when nobody holds it open any more.
    fn disk(&self, programs: &[Program], kernel: &Kernel) -> Result<File> {
        let path = paths::target()?.join(format!("lab/initramfs-{}", process::id()));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
        fs::remove_file(path)?;
        let mut brought: BTreeSet<PathBuf> = programs.iter().map(|program| program.path.clone()).collect();
        for file in self.files.iter().chain(&self.options.with) {
            brought.insert(file.canonicalize().with_context(|| format!("{} for the guest", file.display()))?);
        }
        let lines: String = programs.iter().map(plan).collect();
        let archive = initramfs::write(BufWriter::new(file), kernel, &self.settings(), &lines, &brought)?;
        archive.into_inner().context("writing the guest's files")
    }

    fn settings(&self) -> String {
        let Options { mtu, adapters, debug, .. } = self.options;
        let debug = if *debug { "--debug" } else { "" };
        let own = format!("mtu={mtu}\nadapters={adapters}\ndebug={debug}\nexport PHONEIN_LAB=1\n");
        self.environment.iter().fold(own, |text, (name, value)| text + &format!("export {name}={}\n", quoted(value)))
    }
}

/// The line with which init runs it.
fn plan(program: &Program) -> String {
    let path = program.path.to_string_lossy();
    let words = std::iter::once(&*path).chain(program.args.iter().map(String::as_str));
    words.fold("program".to_owned(), |line, word| line + " " + &quoted(word)) + "\n"
}

/// One word for the shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// QEMU. It ends with this, and with this program however that ends.
struct Running(Child);

impl Running {
    fn start(kernel: &Kernel, disk: File) -> Result<Self> {
        let mut qemu = Command::new("setpriv");
        qemu.args(["--pdeathsig", "KILL", "qemu-system-x86_64"]);
        // With one processor the kernel does not yet scan while it still sets up a scan: fewer advertisements are lost.
        qemu.args(["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-m", "1024", "-smp", "1"]);
        qemu.args(if accelerated() { ["-accel", "kvm", "-cpu", "host"] } else { ["-accel", "tcg", "-cpu", "max"] });
        // Programs on the first line, daemons on the second.
        qemu.args(["-serial", "file:/dev/stdout", "-serial", "file:/dev/stderr"]);
        qemu.arg("-kernel").arg(&kernel.image).args(["-initrd", "/dev/stdin"]);
        // Huge pages would make a program that uses little seem to use megabytes, or suddenly more.
        let boot = "console=ttyS0 quiet loglevel=3 oops=panic panic=-1 mitigations=off no_timer_check nokaslr \
            transparent_hugepage=never";
        qemu.arg("-acpitable").arg(format!("sig=SSDT,rev=2,data={}", kernel.pins.display()));
        qemu.args(["-append", &format!("{boot} {}", pins::MEMORY)])
            .stdin(disk)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Ok(Self(qemu.spawn().context("the guest cannot be started")?))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended cannot be killed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The device alone says little: there are machines whose KVM boots no usual kernel.
fn accelerated() -> bool {
    let known = ["kvm_intel", "kvm_amd"].iter().any(|module| Path::new("/sys/module").join(module).exists());
    known && File::options().read(true).write(true).open("/dev/kvm").is_ok()
}

/// The lines of the first console as they come.
fn lines(console: Option<process::ChildStdout>) -> Result<Receiver<String>> {
    let mut console = BufReader::new(console.context("no pipe")?);
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = Vec::new();
        while console.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    Ok(receiver)
}

/// Tells what the programs print until each has ended, or one has failed.
fn listen(
    lines: &Receiver<String>,
    limit: Duration,
    programs: usize,
    mut heard: impl FnMut(Heard<'_>),
) -> Result<Vec<i32>> {
    let mut end = Instant::now() + limit;
    let mut statuses = Vec::new();
    while statuses.len() < programs && statuses.last().is_none_or(|status| *status == 0) {
        let line = match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => {
                heard(Heard::End { status: None });
                bail!("the guest gave no verdict within {} s", limit.as_secs());
            }
            Err(RecvTimeoutError::Disconnected) => bail!("the guest ended without a verdict"),
        };
        let (printed, event) = console::read(&line);
        if let Some(printed) = printed {
            heard(Heard::Line(printed));
        }
        match event {
            Some(Event::Ready { after }) => println!("the guest is ready, {after} s after its start"),
            Some(Event::Begin { line }) => {
                end = Instant::now() + limit;
                heard(Heard::Begin { line: &line });
            }
            Some(Event::Exit { status }) => {
                statuses.push(status);
                heard(Heard::End { status: Some(status) });
            }
            Some(Event::Broken { why }) => bail!("the guest does not work: {why}"),
            None => {}
        }
    }
    Ok(statuses)
}

fn print_noise(noise: &str, all: bool) {
    const TAIL: usize = 20;
    let lines: Vec<_> = noise.lines().collect();
    let skipped = if all { 0 } else { lines.len().saturating_sub(TAIL) };
    println!("-- the guest's daemons (the last {} lines of {})", lines.len() - skipped, lines.len());
    for line in lines.iter().skip(skipped) {
        println!("{line}");
    }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, sync::mpsc, time::Duration};

    use super::{Heard, Program, listen, plan};

    fn hear(lines: &[&str], programs: usize) -> (anyhow::Result<Vec<i32>>, Vec<String>) {
        let (sender, receiver) = mpsc::channel();
        for line in lines {
            sender.send((*line).to_owned()).unwrap();
        }
        drop(sender);
        let mut told = Vec::new();
        let result = listen(&receiver, Duration::from_secs(9), programs, |heard| told.push(format!("{heard:?}")));
        (result, told)
    }

    #[test]
    fn each_program_has_its_exit_status_and_its_lines_are_heard() {
        let lines =
            ["\x1eready 3.1\n", "\x1ebegin a\n", "hello\r\n", "\x1eexit 0\n", "\x1ebegin b\n", "bye\x1eexit 3\n"];
        let (result, told) = hear(&lines, 2);
        assert_eq!(result.unwrap(), [0, 3]);
        let begin = |line| Heard::Begin { line };
        let end = |status| Heard::End { status: Some(status) };
        let wanted = [begin("a"), Heard::Line("hello"), end(0), begin("b"), Heard::Line("bye"), end(3)];
        assert_eq!(told, wanted.map(|heard| format!("{heard:?}")));
    }

    #[test]
    fn behind_a_program_that_failed_nothing_is_heard() {
        let lines = ["\x1ebegin a\n", "\x1eexit 101\n", "\x1ebegin b\n", "\x1eexit 0\n"];
        let (result, told) = hear(&lines, 2);
        assert_eq!((result.unwrap(), told.len()), (vec![101], 2));
    }

    #[test]
    fn a_guest_that_ends_early_is_a_failure() {
        assert!(hear(&["\x1ebegin a\n", "\x1eexit 0\n", "\x1ebegin b\n"], 2).0.is_err());
    }

    #[test]
    fn a_guest_that_says_nothing_more_is_a_failure_of_what_runs() {
        let (_sender, receiver) = mpsc::channel();
        let mut told = Vec::new();
        let result = listen(&receiver, Duration::from_millis(1), 1, |heard| told.push(format!("{heard:?}")));
        assert!(result.unwrap_err().to_string().contains("no verdict within"));
        assert_eq!(told, [format!("{:?}", Heard::End { status: None })]);
    }

    #[test]
    fn a_guest_without_bluetooth_is_a_failure_though_programs_would_pass() {
        assert!(hear(&["\x1ebroken no adapters\n", "\x1eexit 0\n"], 1).0.is_err());
    }

    #[test]
    fn words_reach_the_guest_as_they_are() {
        let program = Program { path: PathBuf::from("/a b"), args: vec!["it's".into(), "$HOME".into()] };
        assert_eq!(plan(&program), "program '/a b' 'it'\\''s' '$HOME'\n");
    }
}
