import Foundation
import Tensors
import Testing

@Suite("Schedule")
struct ScheduleTests {
    private static let all: [Schedule] = [
        .constant, .warmUp(steps: 0), .warmUp(steps: 10), .cosine(warmUp: 0, floor: 0), .cosine(warmUp: 10, floor: 0.1),
        .infinite(warmUp: 10, cooldown: 20, plateau: 0.4, annealing: 0, floor: 0),
        .infinite(warmUp: 10, cooldown: 20, plateau: 0.4, annealing: 15, floor: 0.01),
        .infinite(warmUp: 10, cooldown: 20, plateau: 0.4, annealing: 15, floor: 0),
    ]

    @Test("stays in 0...1, and past the end keeps its last value", arguments: all)
    func range(schedule: Schedule) {
        for total in [1, 5, 10, 11, 100] {
            let last = schedule.factor(step: max(total, 30), of: total)
            for step in 1...150 {
                let factor = schedule.factor(step: step, of: total)
                #expect(factor >= 0 && factor <= 1)
                if step > max(total, 30) { #expect(factor == last) }
            }
        }
    }

    @Test("survives coding", arguments: all)
    func coding(schedule: Schedule) throws {
        #expect(try JSONDecoder().decode(Schedule.self, from: JSONEncoder().encode(schedule)) == schedule)
    }

    @Test("warm-up rises in equal parts to 1")
    func warmUp() {
        let schedule = Schedule.warmUp(steps: 4)
        #expect((1...6).map { schedule.factor(step: $0, of: 6) } == [0.25, 0.5, 0.75, 1, 1, 1])
    }

    @Test("cosine is 1 after warm-up, half-way in the middle and at its floor on the last step")
    func cosine() {
        let schedule = Schedule.cosine(warmUp: 10, floor: 0.2)
        #expect(schedule.factor(step: 10, of: 110) == 1)
        #expect(abs(schedule.factor(step: 60, of: 110) - 0.6) < 1e-12)
        #expect(abs(schedule.factor(step: 110, of: 110) - 0.2) < 1e-12)
        #expect((10...109).allSatisfy { schedule.factor(step: $0 + 1, of: 110) < schedule.factor(step: $0, of: 110) })
    }

    @Test("infinite holds its plateau however long the run, and anneals over its last steps where asked")
    func infinite() {
        let endless = Schedule.infinite(warmUp: 10, cooldown: 20, plateau: 0.4, annealing: 0, floor: 0.01)
        #expect(endless.factor(step: 10, of: 1) == 1)
        #expect(abs(endless.factor(step: 20, of: 1) - 0.7) < 1e-12)
        #expect([30, 31, 1000].allSatisfy { abs(endless.factor(step: $0, of: 50) - 0.4) < 1e-12 })
        let ending = Schedule.infinite(warmUp: 10, cooldown: 20, plateau: 0.4, annealing: 10, floor: 0.1)
        #expect((1...90).allSatisfy { ending.factor(step: $0, of: 100) == endless.factor(step: $0, of: 100) })
        #expect(abs(ending.factor(step: 95, of: 100) - 0.2) < 1e-12)
        #expect(abs(ending.factor(step: 100, of: 100) - 0.1) < 1e-12)
    }
}
