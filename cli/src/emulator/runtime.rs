//! The platform's runtimes, by the way in which a function gets its events.

/// Which of the platform's runtimes is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Runtime {
    /// Custom: the program asks for its events over HTTP.
    #[value(help = None)]
    Custom,
    /// Go 1.x: the program is called over net/rpc.
    #[value(name = "go1.x", help = None)]
    Go1x,
    /// A container's event function: events are posted to the program.
    #[value(help = None)]
    Container,
    /// An HTTP function: the program gets the very request that API Gateway got.
    #[value(help = None)]
    Http,
}

impl Runtime {
    /// What a function built on fgruntime is told of it, unless the user tells it something else.
    pub(super) fn variables(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Custom => &[("FGRUNTIME_TRANSPORT", "poll")],
            Self::Go1x => &[("FGRUNTIME_TRANSPORT", "go-rpc")],
            Self::Container => &[("FGRUNTIME_TRANSPORT", "http"), ("FGRUNTIME_HTTP_MODE", "event")],
            Self::Http => &[("FGRUNTIME_TRANSPORT", "http"), ("FGRUNTIME_HTTP_MODE", "apig")],
        }
    }

    /// What a function is waited for to do.
    pub(crate) fn waiting(self) -> &'static str {
        match self {
            Self::Custom => "waiting for the function to ask for its event",
            Self::Go1x | Self::Container | Self::Http => "waiting for the function to listen",
        }
    }

    /// Whether the program is an HTTP server.
    pub(crate) fn is_http(self) -> bool {
        matches!(self, Self::Container | Self::Http)
    }
}
