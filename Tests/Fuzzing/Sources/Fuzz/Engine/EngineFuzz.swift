import ResetPeer

/// Plays a script of events to the engine of a connection.
enum EngineFuzz {
    static func play(_ input: [UInt8]) {
        let script = Script(input)
        var driver = Driver(script)
        for event in script.events {
            driver.play(event)
            driver.checkThatResetComes()
        }
        driver.liftEverything()
        compareCuts(of: script)
    }

    /// However a stream is cut, the same is observed and ordered at the end of each event.
    private static func compareCuts(of script: Script) {
        let ample: UInt64 = 1 << 30
        var whole = Driver(script, capacity: ample)
        var cut = Driver(script, pieces: 1, capacity: ample)
        for event in script.events {
            whole.play(event)
            cut.play(event)
            // What an upstream says into half a head is a greeting or an answer depending on when it comes.
            if whole.observations.contains(where: isUnaskedWord) { return }
            check(whole.observations == cut.observations, "observed \(whole.observations), cut \(cut.observations)")
            check(whole.directive == cut.directive, "directed \(whole.directive), cut \(cut.directive)")
        }
    }

    private static func isUnaskedWord(_ observation: Observation) -> Bool {
        observation == .protocolRecognized(.malformed("an upstream that speaks unasked"))
    }
}
