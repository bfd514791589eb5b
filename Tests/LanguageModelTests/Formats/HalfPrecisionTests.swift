import Testing

@testable import LanguageModel

@Suite("HalfPrecision")
struct HalfPrecisionTests {
    @Test("every bfloat16 survives the way to Float and back, NaN as NaN")
    func everyBFloat16() {
        let changed = (0...UInt16.max).filter { bits in
            let value = HalfPrecision.float(bfloat16: bits)
            let back = HalfPrecision.bfloat16(value)
            return value.isNaN ? !HalfPrecision.float(bfloat16: back).isNaN || (back ^ bits) & 0x8000 != 0 : back != bits
        }
        #expect(changed.isEmpty)
    }

    @Test(
        "rounding is to the nearest, ties to even",
        arguments: [
            (0x3F80_8000, 0x3F80), (0x3F81_8000, 0x3F82), (0x3F80_8001, 0x3F81), (0x3F80_7FFF, 0x3F80), (0x7F7F_FFFF, 0x7F80),
            (0xFF7F_FFFF, 0xFF80), (0x7F80_0000, 0x7F80), (0x7F80_0001, 0x7FC0), (0xFFFF_FFFF, 0xFFFF), (0x0000_0001, 0x0000),
            (0x8000_0000, 0x8000),
        ] as [(UInt32, UInt16)])
    func rounding(float: UInt32, expected: UInt16) {
        #expect(HalfPrecision.bfloat16(Float(bitPattern: float)) == expected)
    }

    #if !(os(macOS) && arch(x86_64))
        @Test("every half has the value that the hardware gives it")
        func everyHalf() {
            let different = (0...UInt16.max).filter { bits in
                let expected = Float(Float16(bitPattern: bits))
                let value = HalfPrecision.float(float16: bits)
                return expected.isNaN ? !value.isNaN : value.bitPattern != expected.bitPattern
            }
            #expect(different.isEmpty)
        }
    #endif
}
