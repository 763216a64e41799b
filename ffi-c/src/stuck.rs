//! Where a handler in C is that takes too long: its thread is asked by a signal, for only a thread itself sees its stack.

use backtrace::Symbol;
use fgruntime_core::runtime::Runtime;
use std::ffi::{c_int, c_void};
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Nothing else uses it where sockets have no urgent data, and whoever does not handle it ignores it.
const SIGNAL: c_int = libc::SIGURG;
const MOST_FRAMES: usize = 64;
/// How long a thread may take to answer; one that waits within the kernel may not be able to.
const PATIENCE: Duration = Duration::from_millis(300);
const PAUSE: Duration = Duration::from_millis(5);
/// The thread has not answered yet.
const NOT_YET: usize = usize::MAX;

/// What the thread that was asked says. One is asked at a time.
static FRAMES: [AtomicPtr<c_void>; MOST_FRAMES] =
    [const { AtomicPtr::new(std::ptr::null_mut()) }; MOST_FRAMES];
static COUNT: AtomicUsize = AtomicUsize::new(NOT_YET);

/// Knows which thread runs which invocation.
pub(crate) struct Watch(Arc<Mutex<Vec<Running>>>);

struct Running {
    request_id: String,
    thread: libc::pthread_t,
}

/// As long as it lives, its thread runs the invocation.
pub(crate) struct Entered<'w>(&'w Watch);

impl Watch {
    /// Logs from now on where handlers are that take too long, if that is not the platform's to see to.
    pub(crate) fn start(runtime: &Runtime) -> Self {
        let running: Arc<Mutex<Vec<Running>>> = Arc::default();
        let (asked, runtime) = (running.clone(), runtime.clone());
        let watch = move || {
            while let Some(context) = runtime.next_timed_out() {
                let stack = stack_of(&asked, context.request_id());
                if !stack.is_empty() {
                    context.logger().error(format_args!("the handler that takes too long is here:{stack}"));
                }
            }
        };
        // Without a thread there is no stack in the log.
        let _ = thread::Builder::new().name("fgruntime-stuck".to_owned()).spawn(watch);
        Self(running)
    }

    /// This thread runs the invocation now.
    pub(crate) fn enter(&self, request_id: &str) -> Entered<'_> {
        // SAFETY: it has no conditions.
        let thread = unsafe { libc::pthread_self() };
        lock(&self.0).push(Running { request_id: request_id.to_owned(), thread });
        Entered(self)
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        // SAFETY: it has no conditions.
        let thread = unsafe { libc::pthread_self() };
        let mut running = lock(&self.0.0);
        if let Some(at) = running.iter().rposition(|running| running.thread == thread) {
            running.swap_remove(at);
        }
    }
}

fn lock(running: &Mutex<Vec<Running>>) -> MutexGuard<'_, Vec<Running>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The frames of the handler, a line each; empty if nobody can tell.
fn stack_of(running: &Mutex<Vec<Running>>, request_id: &str) -> String {
    if !is_handled() {
        return String::new();
    }
    COUNT.store(NOT_YET, Ordering::Release);
    {
        // Under the lock, so that the thread is alive.
        let running = lock(running);
        let Some(found) = running.iter().find(|running| running.request_id == request_id) else {
            return String::new();
        };
        // SAFETY: the thread runs a handler, and leaves it only with the lock.
        if unsafe { libc::pthread_kill(found.thread, SIGNAL) } != 0 {
            return String::new();
        }
    }
    let deadline = Instant::now() + PATIENCE;
    while COUNT.load(Ordering::Acquire) == NOT_YET && Instant::now() < deadline {
        thread::sleep(PAUSE);
    }
    match COUNT.load(Ordering::Acquire) {
        NOT_YET => String::new(),
        count => described(FRAMES.iter().take(count).map(|frame| frame.load(Ordering::Relaxed))),
    }
}

/// Whether the signal is ours, from the first time that it is asked. One that the program handles itself is left alone.
fn is_handled() -> bool {
    // SAFETY: the structures are valid when zero, and the handler only does what a handler may.
    unsafe {
        let mut known = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
        if libc::sigaction(SIGNAL, std::ptr::null(), &raw mut known) != 0 {
            return false;
        }
        let ours = tell as extern "C" fn(c_int) as libc::sighandler_t;
        if known.sa_sigaction == ours {
            return true;
        }
        if known.sa_sigaction != libc::SIG_DFL && known.sa_sigaction != libc::SIG_IGN {
            return false;
        }
        let mut action = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
        action.sa_sigaction = ours;
        action.sa_flags = libc::SA_RESTART | libc::SA_ONSTACK;
        libc::sigaction(SIGNAL, &raw const action, std::ptr::null_mut()) == 0
    }
}

/// The handler of the signal: walks the stack of its thread, without memory or locks of ours.
extern "C" fn tell(_signal: c_int) {
    let mut count = 0;
    // SAFETY: only one thread is asked at a time, and what walks stacks elsewhere has a lock that this one does not need.
    unsafe {
        backtrace::trace_unsynchronized(|frame| {
            let Some(slot) = FRAMES.get(count) else { return false };
            slot.store(frame.ip(), Ordering::Relaxed);
            count += 1;
            true
        });
    }
    COUNT.store(count, Ordering::Release);
}

/// What lies between the signal's own frames and those that called the handler.
fn described(frames: impl Iterator<Item = *mut c_void>) -> String {
    let mut lines = Vec::new();
    for frame in frames {
        backtrace::resolve(frame, |symbol| lines.push(line(symbol)));
    }
    let begin = lines
        .iter()
        .rposition(|line| line.contains("restore_rt") || line.starts_with("fgruntime::stuck::tell"));
    let lines = lines.split_off(begin.map_or(0, |at| at + 1));
    let ours = |line: &String| line.starts_with("fgruntime::") || line.starts_with("fgruntime_core::");
    let end = lines.iter().position(ours).unwrap_or(lines.len());
    lines.iter().take(end).filter(|line| !line.is_empty()).map(|line| format!("\n    {line}")).collect()
}

fn line(symbol: &Symbol) -> String {
    let Some(name) = symbol.name() else { return String::new() };
    match (symbol.filename(), symbol.lineno()) {
        (Some(file), Some(line)) => format!("{name:#} ({}:{line})", file.display()),
        _ => format!("{name:#}"),
    }
}
