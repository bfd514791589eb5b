import Autodidact
import TaskLibrary
import Texts

extension Advice {
    /// Said before the work: the tasks that a model's card states do not have this one among them; nil where they do, or none is stated.
    ///
    /// The prompts of a task that comes with Autodidact begin with its name, so that rows of a file may have a form that the model knows.
    static func untaught(task: any TaskFamily, model: String, taught: [String]) -> String? {
        guard !taught.isEmpty, !taught.contains(task.card.slug) else { return nil }
        let known = "'\(model.shown)' was taught \(taught.joined(separator: ", ").shown), and knows no other task"
        guard let own = task as? JSONLTask else {
            return "\(known): at '\(task.card.slug)' it will hardly solve anything; take one of these, or a model that knows it"
        }
        let strange = own.problems.count { row in !taught.contains { row.problem.prompt.hasPrefix($0 + " ") } }
        guard strange > 0 else { return nil }
        return "\(known): of \(counted(own.problems.count, "prompt")) in \(own.file.shown), \(strange) "
            + "\(strange == 1 ? "is" : "are") of a form that it has never seen and will hardly solve; take a model that knows it"
    }

    /// Said after a run on a file of which no response was judged right: two causes that look alike from here.
    static func nothingAccepted(_ file: TaskFile) -> String {
        let check =
            switch OwnVerifier(file.verifier) {
            case .rule: "says whether it accepts the answer of each row"
            case .sql: "says whether it accepts the query of each row"
            case .regex, .jsonSchema: "tries the solutions that rows state; of a row that states none, nothing is known"
            case .pythonTests: "runs the solutions that rows state; of a row that states none, nothing is known"
            case .command, nil: "sees only that it judges at all: ask it about a response that is right"
            }
        return "either the problems are too hard for the model, or verifier \(file.verifier.shown) accepts nothing: "
            + "\(file.checkCommand()) \(check). If it is the model, take easier problems or another; "
            + "'autodidact eval' says what a model solves"
    }
}
