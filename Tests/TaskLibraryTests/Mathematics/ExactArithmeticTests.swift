import Testing

@testable import TaskLibrary

@Suite("Exact arithmetic")
struct ExactArithmeticTests {
    /// Numbers around the sizes at which limbs end.
    private static let samples: [BigInteger] = {
        let small = [0, 1, 2, 3, 7, 10, 4_294_967_295, 4_294_967_296, 4_294_967_297, 1_000_000_007, 1 << 61]
        let large = [
            "18446744073709551615", "18446744073709551616", "340282366920938463463374607431768211455", "79228162514264337593543950336",
        ]
        let numbers =
            small.map { BigInteger($0) } + large.compactMap { BigInteger(digits: $0) } + [
                BigInteger(3).power(200), BigInteger(2).power(320) - .one,
            ]
        return numbers + numbers.dropFirst().map { -$0 }
    }()

    @Test("quotient and remainder give the number again, the remainder between zero and the divisor")
    func division() {
        for number in Self.samples {
            for divisor in Self.samples where !divisor.isZero {
                let (quotient, remainder) = number.dividedDown(by: divisor)
                #expect(quotient * divisor + remainder == number)
                #expect(remainder.isZero || remainder.isNegative == divisor.isNegative)
                #expect(remainder.magnitude < divisor.magnitude)
            }
        }
    }

    @Test("sums, differences and products obey their laws")
    func laws() {
        for one in Self.samples {
            for two in Self.samples {
                #expect(one + two == two + one && one * two == two * one && one + two - two == one)
                #expect((one + two) * (one - two) == one * one - two * two)
                let difference = two - one
                #expect((one < two) == (!difference.isNegative && !difference.isZero))
            }
        }
    }

    @Test("digits are written as they are read")
    func digits() {
        for number in Self.samples where !number.isNegative { #expect(BigInteger(digits: number.decimal) == number) }
        #expect(BigInteger(digits: "") == nil && BigInteger(digits: "1a") == nil)
        #expect(BigInteger(2).power(99).decimal == "633825300114114700748351602688")
    }

    @Test("exact roots are found, and no others")
    func roots() {
        for number in Self.samples where !number.isNegative && number.bitCount < 140 {
            for degree in [2, 3, 5] {
                #expect(number.power(degree).exactRoot(degree) == number)
                if number > .one { #expect((number.power(degree) + .one).exactRoot(degree) == nil) }
            }
        }
    }

    @Test("fractions are in lowest terms, and rounded down to whole numbers")
    func fractions() {
        #expect(Rational(6, -4) == Rational(-3, 2) && Rational(-3, 2).text == "-3/2" && Rational(-3, 2).floor == BigInteger(-2))
        #expect(Rational(7, 40).isTerminating && !Rational(7, 30).isTerminating && Rational(1, 3) < Rational(1, 2))
        #expect(Rational(2, 3).power(-2) == Rational(9, 4) && abs(Rational(1, 3).approximate - 1.0 / 3) < 1e-15)
        let huge = Rational(BigInteger(10).power(400) + .one, over: BigInteger(10).power(400))
        #expect(abs(huge.approximate - 1) < 1e-9)
    }

    @Test("roots, logarithms and sines have one form")
    func forms() throws {
        func text(_ written: String) throws -> String {
            let answer = try #require(MathAnswer(written))
            return answer.canonical
        }
        #expect(try text("\\sqrt{8}") == "2*2^(1/2)")
        #expect(try text("\\frac{6}{\\sqrt3}") == "2*3^(1/2)")
        #expect(try text("\\ln 12") == "2*ln(2) + ln(3)")
        #expect(try text("(x+1)(x-1)") == "x^2 - 1")
        #expect(try text("\\cos 15^\\circ") == text("\\frac{\\sqrt6+\\sqrt2}{4}"))
    }
}
