import Autodidact
import GRDB

/// The row of a problem.
struct StoredProblem {
    let key: Int64
    let problem: Problem

    init(_ row: Row, file: String) throws(StoreError) {
        let reader = RowReader(row: row, file: file, record: "a problem")
        key = try reader.value("key")
        problem = Problem(
            id: try reader.value("id"), task: try reader.value("task"), prompt: try reader.text("prompt"),
            reference: try reader.text("reference"), level: try reader.value("level"), split: try reader.choice("split")
        )
    }
}
