/// The natural logarithm, the same to the last bit on every platform.
///
/// The C libraries differ in the last bit, and a random gap that follows from it would differ between machines.
enum NaturalLogarithm {
    private static let ofTwo = 0.693_147_180_559_945_3

    /// The logarithm of a number.
    ///
    /// - Parameter number: The number, finite and above 0.
    /// - Returns: The logarithm, within two units of the last place.
    static func of(_ number: Double) -> Double {
        var significand = number.significand
        var exponent = Double(number.exponent)
        // Between √½ and √2 the series below is short.
        if significand > 1.414_213_562_373_095_1 {
            significand /= 2
            exponent += 1
        }
        // ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1), which is at most 0.172.
        let ratio = (significand - 1) / (significand + 1)
        let square = ratio * ratio
        var sum = 0.0
        // A stride of floating-point numbers would call a function of the C library's mathematics, which a program that
        // imports nothing else is not linked with.
        for power in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(power) }
        return 2 * ratio * sum + exponent * ofTwo
    }
}
