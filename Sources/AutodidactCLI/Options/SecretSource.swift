import Autodidact
import Foundation
import RunStore

/// The secret in a file where one is named, else in a variable of the environment; nil where neither is there.
func secret(in file: String?, or variable: String) throws(SecretError) -> Secret? {
    if let file { return try Secret(file: file) }
    return try Secret(variable: variable, in: ProcessInfo.processInfo.environment)
}
