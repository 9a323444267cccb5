extension TunableCodec where Value == DataRate {
    /// A data rate by the grammar of `tc`, as in `1mbit`.
    ///
    /// Units that are often mistaken are read with a note: `mbps` is megabytes, a bare number is bits per second.
    public static var rate: Self { .text }
}

extension TunableCodec where Value == ByteSize {
    /// A number of bytes by the grammar of `tc`, as in `32kb`.
    public static var size: Self { .text }
}
