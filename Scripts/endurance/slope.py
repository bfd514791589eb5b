"""A line through blocks of a series, with the interval of its slope."""
import math

BLOCKS = 20


class Slope:
    """The change over the whole span of the points: estimate, and low and high end of the 95 % interval (Student's t)."""

    def __init__(self, times, values):
        self.times, self.values = times, values
        count = len(times)
        if count < 4:
            raise ValueError(f"{count} points are too few for a slope; let it run longer")
        self.mean = sum(values) / count
        middle = sum(times) / count
        spread = sum((time - middle) ** 2 for time in times)
        slope = sum((time - middle) * (value - self.mean) for time, value in zip(times, values)) / spread
        left = sum((value - self.mean - slope * (time - middle)) ** 2 for time, value in zip(times, values))
        error = quantile(count - 2) * math.sqrt(left / (count - 2) / spread)
        span = times[-1] - times[0]
        self.change, self.low, self.high = slope * span, (slope - error) * span, (slope + error) * span

    @classmethod
    def blocked(cls, times, values):
        """Through the means of blocks: neighbouring samples are not independent."""
        size = max(1, len(times) // BLOCKS)
        starts = range(0, len(times) - size + 1, size)
        return cls([sum(times[s:s + size]) / size for s in starts], [sum(values[s:s + size]) / size for s in starts])


def quantile(freedom):
    """Student's t, two-sided 95 %, by the expansion of Cornish and Fisher; within 1 % from 4 degrees of freedom."""
    z = 1.959964
    return (z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
            + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3))
