import Foundation

extension Float {
    static func logarithm(_ x: Float) -> Float { log(x) }
}
