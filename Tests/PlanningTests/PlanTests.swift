import Planning
import Rules
import Testing

@Test func riskLevelsAreOrdered() { #expect(Risk.Level.low < .medium && Risk.Level.medium < .high) }
