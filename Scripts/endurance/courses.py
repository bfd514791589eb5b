"""Small runs of different recipes, a few seconds each; among them promotions and rollbacks."""

EVALUATION = ["evaluation.problems=100", "evaluation.samplesPerProblem=4", "evaluation.sealedProblems=20",
              "gate.confidence=0.51", "gate.greedyLevel=0"]
# Of programs, each of which takes a sandbox.
PROGRAMS = ["evaluation.problems=20", "evaluation.samplesPerProblem=1", "evaluation.sealedProblems=10", "gate.confidence=0.51",
            "gate.greedyLevel=0"]


class Course:
    """A recipe with settings that take seconds."""

    def __init__(self, name, generations, words, settings, evaluation=EVALUATION):
        self.name, self.generations, self.words = name, generations, words
        self.settings = [*settings, *evaluation]

    def also(self, name, *words):
        """The same with more words."""
        return Course(name, self.generations, [*self.words, *words], self.settings, [])

    def arguments(self, seed, cores=None):
        """The words of a new run."""
        return ["run", *self.words, "--generations", str(self.generations), "--seed", str(seed), "--json", "--progress",
                *cores_words(cores), "--set", *self.settings]


def cores_words(cores):
    return ["--cores", str(cores)] if cores else []


COURSES = [
    Course("grpo", 3, ["--level", "1"], ["recipe.steps=6", "recipe.problemsPerStep=16", "recipe.learningRate=0.0003"]),
    Course("b-star", 3, ["b-star", "--level", "1"],
           ["recipe.problems=100", "recipe.probeProblems=10", "recipe.samplesPerProblem=8", "recipe.sequencesPerStep=32",
            "recipe.warmUpSteps=1"]),
    Course("agent-r", 2, ["agent-r", "--task", "keydoor"],
           ["recipe.problems=24", "recipe.searchRounds=6", "recipe.sequencesPerStep=16", "recipe.warmUpSteps=1"]),
    Course("score", 2, ["score", "--level", "1"],
           ["recipe.steps=4", "recipe.problemsPerStep=8", "recipe.stageOneSteps=2", "recipe.learningRate=0.0005"]),
    Course("adapter", 2, ["--level", "1"],
           ["recipe.steps=8", "recipe.problemsPerStep=16", "recipe.learningRate=0.002", "adapter.rank=4"]),
    # Learns from the episodes of earlier generations too, which a resumed run reads from the store.
    Course("pool", 3, ["expert-iteration", "--level", "1"],
           ["recipe.problems=120", "recipe.pool=accumulated", "recipe.warmUpSteps=2", "recipe.sequencesPerStep=32"]),
    # Runs what the policy writes; seedling cannot write code, so this is about processes and not about learning.
    Course("python", 2, ["expert-iteration", "--task", "python", "--level", "1"],
           ["recipe.problems=16", "recipe.samplesPerProblem=2", "recipe.sequencesPerStep=16"], PROGRAMS),
]

# As many generations as a run may have; a soak's signal comes before.
LONG = Course("long", 1000, ["--level", "1"], ["recipe.steps=12", "recipe.problemsPerStep=16", "recipe.learningRate=0.0003"])

# The run that a newcomer starts: the recipe's own sizes, whose batches and episodes are large; only the evaluation is small.
DEFAULT = Course("default", 1000, [], ["recipe.steps=60"])


def course(name):
    return next(course for course in COURSES if course.name == name)
