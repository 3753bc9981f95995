"""nbgrader's settings for a course of these lessons: make assignment copies them into its folder."""

c = get_config()  # noqa: F821  (nbgrader gives it)

c.CourseDirectory.course_id = "threading-101"

# What a learner finds in the place of a solution. nbgrader has no stub for Go.
c.ClearSolutions.code_stub = {"go": "// your code here"}

# A check with a number of schedules ends by itself, later on a busy machine: the time is
# for what never ends.
c.Execute.timeout = 900
c.Execute.startup_timeout = 300
c.Execute.iopub_timeout = 60
