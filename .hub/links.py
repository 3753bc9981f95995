"""Print a link for each lesson: it fetches the course into a learner's home on a hub, and opens the lesson.

    python .hub/links.py https://HUB REPOSITORY [BRANCH]

nbgitpuller follows it: what a learner has edited is kept.
"""

import pathlib
import sys
from urllib.parse import urlencode

ROOT = pathlib.Path(__file__).resolve().parent.parent


def links(hub: str, repository: str, branch: str = "main") -> dict[str, str]:
    folder = pathlib.PurePosixPath(repository).name.removesuffix(".git")
    return {path.stem: f"{hub.rstrip('/')}/hub/user-redirect/git-pull?" + urlencode(
        {"repo": repository, "branch": branch, "urlpath": f"lab/tree/{folder}/notebooks/{path.name}"})
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}


if __name__ == "__main__":
    for name, link in links(*sys.argv[1:]).items():
        print(f"{name}\t{link}")
