import Foundation

extension Double {
    static func cosine(_ x: Double) -> Double { cos(x) }
}
